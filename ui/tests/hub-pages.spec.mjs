// The hub's pages at which somebody accepts an invitation, or makes a token for the program, in a real browser under the hub's own policy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHub } from './hub.mjs';
import { accessibility, openBrowser, picture, sideways, windowOf } from './stage.mjs';

const SIZES = { wide: [1280, 800], narrow: [390, 844] };

let hub, browser;

before(async () => {
  hub = await startHub({ role: 'admin' });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  assert.equal(await hub?.close(), 0, 'the hub ends cleanly');
});

async function invited(name) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  const { invitation } = await hub.administer('/api/admin/users', { email, name, role: 'trainee' });
  return { email, code: invitation.code };
}

const setPassword = async (page, password) => {
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set the password' }).click();
};

for (const [size, of] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`an invited person sets a password and is told how to connect the program (${size}, ${colorScheme})`, async () => {
      const name = `Kim ${size} ${colorScheme}`;
      const { email, code } = await invited(name);
      const { page, complaints, close } = await windowOf(browser, `${hub.address}/invitation#${code}`, { size: of, colorScheme });
      await page.getByLabel('New password').waitFor();
      assert.ok(await page.getByLabel('Code of your invitation').isHidden(), 'the link has the code');
      assert.deepEqual(await accessibility(page), []);
      assert.equal(await sideways(page), 0);
      await picture(page, `invitation-${size}-${colorScheme}`);

      await setPassword(page, 'short');
      await page.getByRole('alert').getByText('It needs 12 to 200 characters.', { exact: true }).waitFor();
      await picture(page, `invitation-refused-${size}-${colorScheme}`);
      await setPassword(page, 'another saddle canyon');
      await page.getByRole('heading', { name: `You are in, ${name}` }).waitFor();
      assert.equal(new URL(page.url()).hash, '', 'the code is not in the history any more');
      assert.ok(await page.getByText(email).isVisible());
      assert.equal(await page.getByLabel('this address').inputValue(), hub.address);
      await page.getByRole('button', { name: 'Make a token' }).click();
      const token = page.getByLabel('access token of yours');
      await token.waitFor();
      const shown = await token.inputValue();
      const me = await fetch(`${hub.address}/api/me`, { headers: { authorization: `Bearer ${shown}` } });
      assert.equal((await me.json()).email, email);
      const kept = async () => {
        const answer = await fetch(`${hub.address}/api/tokens`, { headers: { authorization: `Bearer ${shown}` } });
        return (await answer.json()).map((one) => one.kind);
      };
      for (let looked = 0; looked < 500 && (await kept()).length > 1; looked += 1) await new Promise((later) => setTimeout(later, 20));
      assert.deepEqual(await kept(), ['personal'], 'the page itself is signed out');
      assert.deepEqual(await accessibility(page), []);
      assert.equal(await sideways(page), 0);
      await picture(page, `invitation-done-${size}-${colorScheme}`);
      // The refused password is the one answer that a browser complains of.
      assert.deepEqual(
        complaints.filter((one) => !one.includes('400')),
        [],
      );
      await close();
    });
  }
}

test('an invitation that was used is refused in the words of the hub, and a code can be typed', async () => {
  const { code } = await invited('Lee Park');
  await fetch(`${hub.address}/api/invitations/accept`, { method: 'POST', body: JSON.stringify({ code, password: 'another saddle canyon' }) });
  const { page, close } = await windowOf(browser, `${hub.address}/invitation`);
  await setPassword(page, 'a third saddle canyon');
  await page.getByText('The code is missing.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'code');
  await page.getByLabel('Code of your invitation').fill(` ${code} `);
  await setPassword(page, 'a third saddle canyon');
  await page.getByText('This invitation is not right, was used already, or has ended. Ask for a new one.').waitFor();
  await close();
});

for (const [size, of] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`whoever has a password makes a token at the hub (${size}, ${colorScheme})`, async () => {
      const { page, complaints, close } = await windowOf(browser, hub.address, {
        size: of,
        colorScheme,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await picture(page, `door-${size}-${colorScheme}`);
      await page.getByRole('link', { name: 'make one' }).click();
      await page.getByLabel('E-mail address').fill('dana@example.com');
      assert.ok(await page.getByLabel('Company').isHidden(), 'there is one');
      await page.getByLabel('Password').fill('not this one at all');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText('The address or the password is not right.').waitFor();
      assert.deepEqual(await accessibility(page), []);
      assert.equal(await sideways(page), 0);
      await picture(page, `token-refused-${size}-${colorScheme}`);

      await page.getByLabel('Password').fill('saddle boots canyon');
      await page.getByLabel('Password').press('Enter');
      await page.getByRole('heading', { name: 'You are in, Dana Reed' }).waitFor();
      await page.waitForFunction(() => document.activeElement?.id === 'next');
      assert.equal(await page.getByLabel('this address').inputValue(), hub.address);
      await page.getByRole('button', { name: 'Make a token' }).click();
      const token = page.getByLabel('access token of yours');
      await token.waitFor();
      const me = await fetch(`${hub.address}/api/me`, { headers: { authorization: `Bearer ${await token.inputValue()}` } });
      assert.equal((await me.json()).email, 'dana@example.com');
      await page.getByRole('button', { name: 'Copy the token' }).click();
      await page.getByRole('status').getByText('The token is copied.').waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await token.inputValue());
      assert.deepEqual(await accessibility(page), []);
      assert.equal(await sideways(page), 0);
      await picture(page, `token-done-${size}-${colorScheme}`);
      // The refused password is the one answer that a browser complains of.
      assert.deepEqual(
        complaints.filter((one) => !one.includes('401')),
        [],
      );
      await close();
    });
  }
}

test('an answer that cannot be read is no token, and another one can be made', async () => {
  const { page, close } = await windowOf(browser, `${hub.address}/token`);
  await page.getByLabel('E-mail address').fill('dana@example.com');
  await page.getByLabel('Password').fill('saddle boots canyon');
  await page.route('**/api/sign-in', (route) => route.abort(), { times: 1 });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The server does not answer. Try again in a moment.').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'You are in, Dana Reed' }).waitFor();
  assert.equal(await page.locator('#password').inputValue(), '', 'the password is kept in no field');
  await page.route('**/api/tokens', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Hotel Wi-Fi</h1>' }), { times: 1 });
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByRole('alert').getByText('A token may have been made that nobody saw').waitFor();
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('access token of yours').waitFor();
  assert.match(await page.getByLabel('access token of yours').inputValue(), /^smp_/);
  await close();
});
