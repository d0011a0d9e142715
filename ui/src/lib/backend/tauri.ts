// The desktop's host. The only file that knows of Tauri.

import { Channel, invoke } from '@tauri-apps/api/core';
import type { CallEvent, Error as WireError, MicrophoneEvent } from '../bindings';
import { type Backend, Refusal } from './backend';

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (error) {
    throw new Refusal(asWireError(error));
  }
}

/** What is not `{code, message}` did not come from a command of ours: a panic that was caught, or the bridge itself. */
function asWireError(error: unknown): WireError {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as WireError;
  return { code: 'internal', message: '' };
}

export const tauri: Backend = {
  boot: () => call('boot'),
  createProfile: (name) => call('create_profile', { name }),
  renameProfile: (id, name) => call('rename_profile', { id, name }),
  chooseProfile: (id) => call('choose_profile', { id }),
  saveSettings: (settings) => call('save_settings', { settings }),
  practice: () => call('practice'),
  recommend: (skip) => call('recommend', { skip }),
  products: (text, category) => call('products', { text, category }),
  product: (id) => call('product', { id }),
  briefing: (scenarioId) => call('briefing', { scenarioId }),
  start: (scenarioId, mode) => call('start', { scenarioId, mode }),
  session: (id) => call('session', { id }),
  say: (id, text) => call('say', { id, text }),
  pause: (id) => call('pause', { id }),
  resume: (id) => call('resume', { id }),
  hint: (id) => call('hint', { id }),
  complete: (id) => call('complete', { id }),
  abandon: (id) => call('abandon', { id }),
  debrief: (id) => call('debrief', { id }),
  history: (query) => call('history', { query }),
  progress: () => call('progress'),
  voice: () => call('voice'),
  askService: () => call('ask_service'),
  saveKey: (key) => call('save_key', { key }),
  removeKey: () => call('remove_key'),
  testKey: () => call('test_key'),
  soundDevices: () => call('sound_devices'),
  listen: (input, on) => call('listen', { input, events: new Channel<MicrophoneEvent>(on) }),
  stopListening: () => call('stop_listening'),
  openCall: (id, offer, on) => call('open_call', { id, offer, events: new Channel<CallEvent>(on) }),
  callMessage: (id, message) => call('call_message', { id, message }),
  callLink: (id, link) => call('call_link', { id, link }),
  control: (id, control) => call('control', { id, control }),
  goOnTyping: (id) => call('go_on_typing', { id }),
  keepRecording: (id, track, beginsMs, bytes) => call('keep_recording', { id, track, beginsMs, bytes }),
  recording: async (id, track, beginsMs) => new Uint8Array((await call('recording', { id, track, beginsMs })) as ArrayBuffer),
  deleteRecording: (id) => call('delete_recording', { id }),
  exportSession: (id) => call('export_session', { id }),
  exportAll: () => call('export_all'),
  deleteEverything: (confirmation) => call('delete_everything', { confirmation }),
  log: (message) => call('log', { message }),
};
