// Reads the catalogue's files: tables, lists of tables, and one value a line. What they do not use is not understood.

export type Value = string | number | boolean | string[];
export interface Table {
  [key: string]: Value | Table | Table[];
}

export function readToml(text: string): Table {
  const root: Table = {};
  let here = root;
  for (const [n, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (!line || line.startsWith('#')) continue;
    const head = /^(\[\[?)([\w.-]+)\]\]?$/.exec(line);
    if (head) {
      here = begun(root, (head[2] ?? '').split('.'), head[1] === '[[');
      continue;
    }
    const [, key = '', value = ''] = /^"?([\w-]+)"? *= *(.+)$/.exec(line) ?? [];
    if (!key) throw new Error(`line ${n + 1} is not understood`);
    here[key] = JSON.parse(value) as Value;
  }
  return root;
}

/** The table that a heading begins: under the newest of every list on the way to it. */
function begun(root: Table, path: string[], listed: boolean): Table {
  const made: Table = {};
  const last = path.at(-1) ?? '';
  const at = path.slice(0, -1).reduce((table, name) => newest(table[name]), root);
  if (listed) at[last] = [...tables(at[last]), made];
  else at[last] = made;
  return made;
}

function newest(value: Table[string] | undefined): Table {
  const found = Array.isArray(value) ? tables(value).at(-1) : value;
  if (typeof found !== 'object') throw new Error('a table without the one it belongs to');
  return found as Table;
}

export function tables(value: Table[string] | undefined): Table[] {
  return Array.isArray(value) ? value.filter((one): one is Table => typeof one === 'object') : [];
}
