// SPDX-License-Identifier: MPL-2.0
// A leader writes a theme card from the plan, finishes it and begins an
// invitation with it; then the plans for judging and for spreading.
// Both databases.
// guide:S52 guide:S29 guide:S54
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
  soundVisit, visit } from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const fileOf = async (page, name) => {
  const href = await page.getByRole('link', { name }).last()
    .getAttribute('href');
  const response = await page.request.get(new URL(href, page.url()).href);
  assert.equal(response.status(), 200);
  return response.body();
};

for (const kind of databases) {
  describe(`theme card and what comes after on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('a card is begun with the plan, finished and printed', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, server.links.leader);
      const network = await demoNetwork(page, server.base);
      await page.goto(`${network}/temakort`);
      await soundVisit(page, `${network}/temakort`, 'theme-cards');
      await page.getByRole('link', { name: /Begynd med det, planen siger/ })
        .first().click();
      const why = page.getByLabel('Hvorfor dig?');
      assert.match(await why.inputValue(), /fordi du \.\.\./);
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.locator('#kort').getByRole('link').first().click();
      await page.getByText('Kortet er ikke færdigt').waitFor();
      await soundPage(page, 'theme-card-gaps');
      await page.getByRole('link', { name: 'Ret kortet' }).click();
      await page.getByLabel('Hvorfor dig?')
        .fill('Vi spørger dig, fordi du har hjulpet en, du holder af.');
      await page.getByLabel('Hvor længe, og hvor?')
        .fill('Det tager en time. Vi kommer hjem til dig.');
      await page.getByLabel('Hvad handler det om?')
        .fill('Vi vil gerne vide, hvordan natten er hos jer.');
      await page.getByLabel('Hvad sker der med det, du siger?')
        .fill('Vi bruger det, når vi laver en aftale om natten.');
      await page.getByLabel('Du hører fra os senest').fill('2027-03-01');
      await page.getByLabel('Hvem man ringer til')
        .fill('Mette, 12 34 56 78');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.locator('#kort').getByRole('link').first().click();
      await page.getByText('12 34 56 78').waitFor();
      await soundPage(page, 'theme-card');
      const text = (await fileOf(page, 'ren tekst')).toString('utf8');
      assert.match(text, /Hvorfor dig\?\nVi spørger dig, fordi du har hjulpet/);
      const pdf = await fileOf(page, 'PDF');
      assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
      await close();
    });

    it('the plans for judging and spreading are written', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, freshLink(server));
      const network = await demoNetwork(page, server.base);
      await page.goto(`${network}/beslutninger`);
      await page.getByRole('link', { name: 'planen for evaluering' }).click();
      await page.getByRole('link', { name: 'Skriv planen for evaluering' })
        .click();
      await page.getByLabel('Hvad vil I vide?')
        .fill('Om de pårørende sover bedre.');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByText('Om de pårørende sover bedre.', { exact: true }).waitFor();
      await soundVisit(page, `${network}/evaluering`, 'evaluation');
      assert.equal((await fileOf(page, 'PDF')).subarray(0, 4).toString(),
        '%PDF');
      await page.goto(`${network}/spredning`);
      await page.getByRole('link', { name: 'Skriv planen for spredning' })
        .click();
      await page.getByLabel('Hvad er værd at sprede?')
        .fill('Aftalen om natten.');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByText('Aftalen om natten.', { exact: true }).waitFor();
      await soundVisit(page, `${network}/spredning`, 'spread');
      await close();
    });
  });
}
