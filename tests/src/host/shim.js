// Stands where the window's own bridge stands, for the very pages that ship: commands go to the test's host by HTTP, what a command tells later comes back
// on one stream of events.
(() => {
  const callbacks = new Map();
  let next = 1;
  const opened = new Promise((resolve) => {
    addEventListener('DOMContentLoaded', () => {
      const stream = new EventSource('/events');
      stream.onopen = () => resolve();
      stream.onmessage = ({ data }) => {
        const { channel, index, message } = JSON.parse(data);
        callbacks.get(channel)?.({ index, message });
      };
    });
  });
  globalThis.__TAURI_INTERNALS__ = {
    transformCallback(callback, once = false) {
      const id = next++;
      callbacks.set(id, (value) => {
        if (once) callbacks.delete(id);
        callback?.(value);
      });
      return id;
    },
    unregisterCallback: (id) => callbacks.delete(id),
    runCallback: (id, value) => callbacks.get(id)?.(value),
    callbacks,
    async invoke(command, args = {}, options = {}) {
      await opened;
      const raw = args instanceof ArrayBuffer || ArrayBuffer.isView(args);
      const headers = { 'content-type': raw ? 'application/octet-stream' : 'application/json', ...options.headers };
      const answer = await fetch(`/invoke/${command}`, { method: 'POST', headers, body: raw ? args : JSON.stringify(args) });
      if (answer.headers.get('content-type') === 'application/octet-stream') return answer.arrayBuffer();
      const value = await answer.json();
      if (!answer.ok) throw value;
      return value;
    },
  };
})();
