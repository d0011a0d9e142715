/** A file's name and the folder that it is in, of a path of any system. */
export function placeOf(path: string): { file: string; folder: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { file: path.slice(at + 1), folder: path.slice(0, Math.max(at, 0)) || path.slice(0, at + 1) };
}
