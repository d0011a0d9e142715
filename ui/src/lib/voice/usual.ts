// What is chosen for talking by voice before anybody chose: as the host has it.

import type { VoiceSettings } from '../bindings';

export const usualVoice: VoiceSettings = {
  provider: 'open_ai',
  compatible: { baseUrl: '', model: '', voice: '', offer: 'multipart', key: 'bearer', hangUp: 'post' },
  hub: { address: 'https://sell.pecosrivertraders.com' },
  model: null,
  voice: null,
  input: null,
  output: null,
  microphone: 'headset',
  pushToTalk: false,
  spokenPartner: false,
  recording: null,
  recordingDays: 30,
  showFigures: false,
  longestMinutes: 15,
  mostCents: 300,
};
