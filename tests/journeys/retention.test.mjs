// SPDX-License-Identifier: MPL-2.0
// A network ends; the secretariat sees what would be deleted and when, and
// writes down what the archive decided.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
  soundVisit, visit } from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

for (const kind of databases) {
  describe(`retention on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('a leader ends the network', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, server.links.leader);
      const network = await demoNetwork(page, server.base);
      const id = network.split('/').pop();
      await page.goto(`${network}?ret=netvaerk.${id}`);
      await page.locator('[name="state"]').selectOption('closed');
      await page.getByRole('button', { name: 'Gem' }).first().click();
      await page.getByText('Afsluttet').first().waitFor();
      await close();
    });

    it('the secretariat writes down the decision', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, freshLink(server, 'henrik.skovbaekgaard@fjordby.example'));
      await page.goto(`${server.base}/sekretariat`);
      await page.getByRole('main').getByRole('link', { name: 'Sletning' }).click();
      await soundVisit(page, page.url(), 'retention');
      await page.goto(`${server.base}/sekretariat/regler`);
      await page.locator('#archive_contact').fill('Fjordby Stadsarkiv');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.goto(`${server.base}/sekretariat/sletning`);
      await page.locator('#netvaerk ~ table a').first().click();
      await soundVisit(page, page.url(), 'retention-one');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByRole('alert').first().waitFor();
      await soundPage(page, 'retention-fault');
      await page.getByLabel('Kasseres').check();
      await page.locator('[name="reference"]').fill('Sag 2026-17');
      await page.locator('[name="day"]').fill('2026-01-15');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByText('Slettes den').first().waitFor();
      await soundPage(page, 'retention-decided');
      assert.ok(await page.getByText('Henrik').count() > 0);
      await close();
    });
  });
}
