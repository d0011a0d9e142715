// Stands where the window's own bridge stands, for the very pages that ship: commands go to the host by HTTP, and what a command tells later is asked for again
// and again.
(() => {
  const callbacks = new Map();
  let last = 0;

  /** What the window's bridge does with bytes inside of arguments. */
  const plain = (_name, value) => (value instanceof Uint8Array ? [...value] : value);

  const json = async (path) => (await fetch(path)).json();
  /** How much was told before this page was loaded: that is for pages that are gone. */
  const before = json('/told');

  /** Until the host ends. */
  async function listen() {
    for (let from = await before; ; ) {
      const told = await json(`/told/${from}`);
      from += told.length;
      for (const { channel, index, message } of told) callbacks.get(channel)?.({ index, message });
    }
  }

  let listening;
  globalThis.__TAURI_INTERNALS__ = {
    callbacks,
    transformCallback(callback, once = false) {
      // As soon as there is somebody to be told.
      listening ??= listen().catch(() => undefined);
      last += 1;
      const id = last;
      callbacks.set(id, (value) => {
        if (once) callbacks.delete(id);
        callback?.(value);
      });
      return id;
    },
    unregisterCallback: (id) => callbacks.delete(id),
    runCallback: (id, value) => callbacks.get(id)?.(value),
    async invoke(command, args = {}) {
      await before;
      const answer = await fetch(`/invoke/${command}`, { method: 'POST', body: JSON.stringify(args, plain) });
      if (answer.headers.get('content-type') === 'application/octet-stream') return answer.arrayBuffer();
      const value = await answer.json();
      if (!answer.ok) throw value;
      return value;
    },
  };
})();
