// SPDX-License-Identifier: MPL-2.0
// Mette brings in what citizens wrote in another system: she says what they
// were told, sees how the columns are understood, is told of a CPR number,
// mends the file, and it comes in once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundPage, visit }
	from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const head = "id;title/da;body/da;author/name;withdrawn\r\n";
const good = "1;Lys;Der er mørkt på stien.;Bo;false\r\n" +
	"2;Bænke;Man kan ikke hvile sig.;Ann;false\r\n" +
	"3;Fortrudt;Det mente jeg ikke.;Ann;true\r\n";

const choose = (page, text) => page.locator("#file").setInputFiles({
	name: "forslag.csv", mimeType: "text/csv",
	buffer: Buffer.from("\uFEFF" + head + text) });

const fill = async (page, text) => {
	await choose(page, text);
	await page.getByLabel("Netværket", { exact: true }).check();
	await page.getByLabel("En opgave i samfundets interesse").check();
	await page.getByLabel("Det, de fik at vide")
		.fill("Kommunen og netværket læser det.");
	await page.getByRole("button", { name: "Se på filen" }).click();
};

for (const database of databases) {
	describe(`voices from a file on ${database}`, () => {
		let server, page, close, network;
		before(async () => {
			server = await serve(database);
			({ page, close } = await visit(browser, server.base));
			await signIn(page, server.links.leader);
			network = await demoNetwork(page, server.base);
		});
		after(async () => {
			await close?.();
			server?.stop();
		});

		it("nothing is chosen beforehand", async () => {
			await page.goto(`${network}/stemmer`);
			await page.getByRole("link", { name: "Hent en fil ind" })
				.click();
			await soundPage(page, "voices-import");
			await page.getByRole("button", { name: "Se på filen" })
				.click();
			await page.getByText("Skriv, hvad de fik at vide.")
				.first().waitFor();
			await soundPage(page, "voices-import-faults");
		});

		it("a CPR number is pointed out, and nothing comes in",
			async () => {
				await fill(page, good + "4;Ring;010150-5678;;\r\n");
				await page.getByText("Linje 5, tegn 8:")
					.waitFor();
				await soundPage(page, "voices-import-cpr");
				assert.equal(await page.getByRole("button",
					{ name: "Hent dem ind" }).count(), 0);
				await page.getByRole("button",
					{ name: "Smid filen væk" }).click();
			});

		for (const came of [2, 0]) {
			it(`the mended file brings in ${came}`, async () => {
				await page.goto(`${network}/stemmer/import`);
				await fill(page, good);
				await page.getByText("2 stemmer er i filen")
					.waitFor();
				await page.getByText("Én række er trukket")
					.waitFor();
				await soundPage(page, `voices-import-${came}`);
				await page.getByRole("button",
					{ name: "Hent dem ind" }).click();
				const done = page.getByText(
					`${came} stemmer er hentet ind. Filen`);
				for (let i = 0; i < 50; i++) {
					if (await done.count() > 0)
						break;
					await page.waitForTimeout(200);
					await page.reload();
				}
				await done.waitFor();
				await soundPage(page, `voices-in-${came}`);
				await page.getByRole("link",
					{ name: "Se stemmerne" }).click();
				await page.getByText("Der er mørkt på stien.")
					.waitFor();
				assert.equal(await page.getByText("Bo",
					{ exact: true }).count(), 0);
			});
		}
	});
}
