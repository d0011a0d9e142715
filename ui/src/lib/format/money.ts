const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Cents as dollars, always with the cents: `$119.00`. */
export const money = (cents: number): string => dollars.format(cents / 100);

/** Two prices as a pair for a sentence; `null` for the second where there is but one. */
export function priceRange(from: number, to: number): { from: string; to: string | null } {
  return { from: money(from), to: to > from ? money(to) : null };
}
