// SPDX-License-Identifier: MPL-2.0
// A citizen sees all that is held and asks for a change; the leader sees it on
// the page of data protection, answers, fetches the file and pauses an activity.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases, demoNetwork, launch, serve, signIn, soundPage,
  soundVisit, visit } from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

for (const kind of databases) {
  describe(`rights on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('a citizen sees all that is held, and asks', async () => {
      const { page, close } = await visit(browser, server.base);
      await page.goto(server.links.citizen);
      await page.getByRole('link', { name: 'Se alt, vi har om dig' }).click();
      await soundVisit(page, page.url(), 'rights-all');
      assert.ok(await page.getByText('Sendte invitationer').count() > 0);
      await page.getByRole('link', { name: 'Spørg om dine data' }).click();
      await soundVisit(page, page.url(), 'rights-ask');
      await page.getByRole('button', { name: 'Send det' }).click();
      await page.getByRole('alert').first().waitFor();
      await page.getByLabel('Noget er forkert').check();
      await page.getByLabel('Fortæl os mere').fill('Jeg er flyttet');
      await page.getByRole('button', { name: 'Send det' }).click();
      await page.getByText('Du har vores svar om en måned').waitFor();
      await soundPage(page, 'rights-asked');
      await close();
    });

    it('the leader answers it, and pauses an activity', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, server.links.leader);
      const network = await demoNetwork(page, server.base);
      await page.goto(`${network}/mennesker`);
      await page.getByRole('link', { name: 'Databeskyttelse' }).click();
      await soundVisit(page, page.url(), 'protection');
      await page.locator('#ret ~ table a').first().click();
      await soundVisit(page, page.url(), 'rights-answer');
      await page.getByLabel('Det er gjort').check();
      await page.locator('[name="text"]').fill('Vi har rettet adressen');
      await page.getByRole('button', { name: 'Gem svaret' }).click();
      await page.getByText('Vi har rettet adressen').waitFor();
      await page.getByRole('link', { name: 'Tilbage til personen' }).click();
      await page.getByLabel('Hvorfor henter du det?').fill('Hun bad om det');
      const [file] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: 'Hent som en side' }).click()]);
      assert.match(file.suggestedFilename(), /^K-\d+\.html$/);
      await soundVisit(page, `${network}/databeskyttelse/datakort`, 'datamap');
      await soundVisit(page, `${network}/databeskyttelse/brud`, 'breach');
      assert.ok(await page.getByText('Hun bad om det').count() > 0);
      await page.goto(`${network}/aktiviteter`);
      await page.locator('main a[href*="/aktiviteter/"]').first().click();
      await page.getByLabel('Hvorfor venter den?').fill('Vi venter på svar');
      await page.getByRole('button', { name: 'Sæt den på pause' }).click();
      await page.getByText('Aktiviteten er sat på pause').waitFor();
      await soundPage(page, 'activity-paused');
      await page.getByRole('button', { name: 'Genoptag den' }).click();
      await page.getByRole('button', { name: 'Sæt den på pause' }).waitFor();
      await soundVisit(page, `${server.base}/was`, 'statement');
      await close();
    });
  });
}
