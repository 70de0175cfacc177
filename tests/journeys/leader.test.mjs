// SPDX-License-Identifier: MPL-2.0
// A network leader signs in, starts a network, fills the first half of its
// plan, is told what is missing, and prints it.  Both databases.
// guide:S9 guide:S11 guide:S12 guide:S13 guide:S15 guide:S38 guide:S44 guide:S53
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases, freshLink, launch, serve, signIn, visit }
  from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const fill = async (page, part, values) => {
  const section = page.locator(`#${part}`);
  await section.locator('[data-edit-link]').first().click();
  const form = page.locator('form.edit-form');
  await form.waitFor();
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    const type = await field.first().evaluate((e) =>
      e.type === 'radio' ? 'radio' : e.tagName);
    if (type === 'radio') await form.locator(`[value="${value}"]`).check();
    else if (type === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await form.getByRole('button', { name: 'Gem' }).click();
  await form.waitFor({ state: 'detached' });
};

for (const kind of databases) {
  describe(`a leader's plan on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('goes from the sign-in link to the printed PDF', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, server.links.leader);
      await page.getByRole('link', { name: 'Start et netværk' }).click();
      await page.getByLabel('Navn').fill('Skolevejen i Øster Ådal');
      await page.getByLabel('Type').selectOption('learning');
      await page.getByLabel('Starter').fill('2027-01-04');
      await page.getByLabel('Slutter').fill('2026-01-04');
      await page.getByRole('button', { name: 'Start netværket' }).click();
      await page.getByRole('alert').waitFor(); // the end is before the start
      assert.equal(await page.getByLabel('Navn').inputValue(),
        'Skolevejen i Øster Ådal');
      await page.getByLabel('Slutter').fill('2027-05-31');
      await page.getByRole('button', { name: 'Start netværket' }).click();
      await page.getByRole('link', { name: 'Plan', exact: true }).click();
      const plan = page.url();

      await fill(page, 'tema', { text: 'Børn cykler selv til skole',
        framing: 'Forældre kører, fordi vejen føles farlig.' });
      await fill(page, 'spoergsmaal',
        { text: 'Hvor bliver børnene bange?' });
      await fill(page, 'formaal',
        { text: 'Børnene ved, hvor det er farligt.' });
      await fill(page, 'raaderum', { decision: 'Hvor de nye hajtænder males.',
        fixed: 'Beløbet ligger fast.', decider: 'Teknikudvalget' });
      await fill(page, 'behov', { text: 'Vi kender ikke børnenes omveje.' });
      await fill(page, 'loefte', { level: 'involve' });
      await fill(page, 'aktoer', { kind: 'citizen', name: 'Alma, 10',
        knowledge: 'Kender smutvejene.' });
      await fill(page, 'dokumentation',
        { what: 'Tegninger af vejen', who: 'Klasselæreren' });
      await page.goto(plan);
      await page.getByRole('link', { name: /Tilføj\s*: Alma, 10, Opdagelse/ })
        .click();
      const form = page.locator('form.edit-form');
      await form.waitFor();
      await form.locator('[value="core"]').check();
      await form.locator('[name="role"]').selectOption('guide');
      await form.getByRole('button', { name: 'Gem' }).click();
      await form.waitFor({ state: 'detached' });
      await page.goto(plan);
      const text = await page.getByRole('main').innerText();
      for (const part of ['Børn cykler selv til skole', 'Teknikudvalget',
        'Vi kender ikke børnenes omveje.', 'Du er med, mens det bliver til',
        'Alma, 10', 'Kender smutvejene.', 'Tegninger af vejen', 'Guide'])
        assert.ok(text.includes(part), part);

      const pdf = await page.request.get(`${plan}.pdf`);
      assert.equal(pdf.status(), 200);
      assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
      const grid = page.url().replace(/plan.*/, 'rollegitter.pdf');
      assert.equal((await page.request.get(grid)).status(), 200);
      const odt = await page.request.get(`${plan}.odt`);
      assert.equal((await odt.body()).subarray(0, 2).toString(), 'PK');
      await close();
    });

    it('works without scripts and with the keyboard alone', async () => {
      const { page, close } = await visit(browser, server.base,
        { javaScriptEnabled: false });
      await page.goto(freshLink(server));
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        const focus = page.locator(':focus');
        if ((await focus.innerText()).startsWith('Log ind som')) break;
      }
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === '/');
      await page.getByRole('link', { name: 'Pårørende i ældreplejen' })
        .focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/netvaerk/);
      const plan = `${page.url()}/plan`;
      await page.goto(plan);
      await page.locator('#behov a[data-edit-link]').focus();
      await page.keyboard.press('Enter');
      const field = page.getByLabel('Hvad vi har brug for borgerne til');
      await field.focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('Vi mangler jeres hverdag.');
      await page.getByRole('button', { name: 'Gem' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/besked=gemt/);
      assert.ok((await page.locator('#behov').innerText())
        .includes('Vi mangler jeres hverdag.'));
      await close();
    });

    it('tells a colleague who watches that the plan changed', async () => {
      const one = await visit(browser, server.base);
      const two = await visit(browser, server.base);
      await signIn(one.page, freshLink(server));
      await signIn(two.page, server.links.codriver);
      await one.page.getByRole('link', { name: 'Pårørende i ældreplejen' })
        .click();
      await one.page.waitForURL(/netvaerk/);
      const plan = `${one.page.url()}/plan`;
      await two.page.goto(plan);
      await one.page.goto(plan);
      await fill(one.page, 'formaal', { text: 'Et nyt formål.' });
      await two.page.locator('[data-live-text]').waitFor({ timeout: 20000 });
      await one.close();
      await two.close();
    });
  });
}
