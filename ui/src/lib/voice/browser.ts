// The parts of the browser that a call uses, in one place, so that tests can bring their own.

export interface Browser {
  PeerConnection: (new () => RTCPeerConnection) | undefined;
  devices: Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined;
  AudioContext: (new () => AudioContext) | undefined;
  Recorder: typeof MediaRecorder | undefined;
  Stream: (new (tracks: MediaStreamTrack[]) => MediaStream) | undefined;
  /** Calls again and again; answers how to stop. */
  every: (ms: number, act: () => void) => () => void;
  after: (ms: number, act: () => void) => () => void;
}

export function thisBrowser(): Browser {
  const all = globalThis as Partial<typeof globalThis>;
  return {
    PeerConnection: all.RTCPeerConnection,
    devices: all.navigator?.mediaDevices,
    AudioContext: all.AudioContext,
    Recorder: all.MediaRecorder,
    Stream: all.MediaStream,
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}
