/** Cents as dollars, always with the cents: `$1,119.00`. By hand: the webview takes ten milliseconds to make a writer of money, before the first screen. */
export function money(cents: number): string {
  const [dollars = '', rest = ''] = (cents / 100).toFixed(2).split('.');
  return `$${dollars.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
}

/** Two prices as a pair for a sentence; `null` for the second where there is but one. */
export function priceRange(from: number, to: number): { from: string; to: string | null } {
  return { from: money(from), to: to > from ? money(to) : null };
}
