// What a real browser is given to try: the transport as the window has it, without the window.

export { thisBrowser } from '../../src/lib/voice/browser';
export { tryMicrophone } from '../../src/lib/voice/microphone';
export { unlock } from '../../src/lib/voice/playback';
export { usualVoice } from '../../src/lib/voice/usual';
export { WebRtcTransport } from '../../src/lib/voice/webrtc';
