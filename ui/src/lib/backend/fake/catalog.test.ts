import { expect, test } from 'vitest';
import { productIds, productOf, scenarios } from './catalog';

test('the fake shows the store’s own products, customers and prices', () => {
  expect(productIds.length).toBeGreaterThan(26);
  expect(productOf('pilbara-jacket')?.summary).toMatchObject({ sku: '3J02', name: 'The Pilbara Jacket', priceFrom: 11900, priceTo: 11900 });
  for (const id of productIds) {
    const product = productOf(id);
    expect(product?.summary.priceFrom, id).toBeGreaterThan(0);
    expect(product?.summary.category.name, id).toBeTruthy();
    expect(
      product?.objections.every(({ line, responses }) => line && responses.length > 1),
      id,
    ).toBe(true);
    expect(scenarios.filter(({ productId }) => productId === id).length, id).toBeGreaterThan(1);
  }
});

test('every customer has the lines that the fake lets them say', () => {
  for (const { id, opening, needs, objections, use, timing, asks, buys, leaves } of scenarios) {
    const lines = [
      opening,
      use,
      timing,
      asks,
      buys,
      leaves,
      ...needs.map(({ told }) => told),
      ...objections.flatMap((one) => [one.line, one.settled, one.category]),
    ];
    expect(lines.every(Boolean), id).toBe(true);
  }
});
