// SPDX-License-Identifier: MPL-2.0
// A session ends while somebody writes.  What was written comes back, and is
// saved after signing in anew in another tab; with scripts and without.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { demoNetwork, freshLink, launch, serve, signIn, soundPage, visit }
	from "./helper.mjs";

const WRITTEN = "Vi ved ikke, hvem der ringer.\nDet kan kun <de> fortælle.";

let browser, server;
before(async () => {
	browser = await launch();
	server = await serve("sqlite");
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

for (const scripts of [true, false]) {
	it(`keeps what was written, ${scripts ? "with" : "without"} scripts`,
		async () => {
			const { page, context, close } = await visit(browser, server.base,
				{ javaScriptEnabled: scripts });
			await signIn(page, freshLink(server));
			const network = await demoNetwork(page, server.base);
			await page.goto(`${network}/plan?ret=behov.${network.split("/").pop()}`);
			await page.locator("#behov textarea").first().fill(WRITTEN);
			await context.clearCookies();
			await page.locator("#behov form[data-edit] button[type=submit]")
				.click();
			await page.getByRole("heading", { name: "Det, du skrev" }).waitFor();
			assert.equal(await page.locator(".kept-text").innerText(), WRITTEN);
			if (scripts)
				await soundPage(page, "send-igen");

			const [tab] = await Promise.all([context.waitForEvent("page"),
				page.getByRole("link", { name: "Log ind i en ny fane" }).click()]);
			await signIn(tab, freshLink(server));
			await tab.close();
			await page.getByRole("button", { name: "Send det igen" }).click();
			await page.getByRole("heading", { name: "Send det én gang til" })
				.waitFor();
			await page.getByRole("button", { name: "Send det igen" }).click();
			await page.waitForURL((url) => url.pathname.endsWith("/plan"));
			assert.equal(await page.locator("#behov .prose").innerText(), WRITTEN);
			await close();
		});
}
