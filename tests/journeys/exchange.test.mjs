// SPDX-License-Identifier: MPL-2.0
// Mette brings a conversation in from Polis, looks at the groups, fetches it
// as a file, and gives a program a token that it uses.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, root, serve, signIn, soundPage, visit }
	from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const golden = path.join(process.env.SAMSKAB_GOLDEN ??
	path.join(root, "../shared/golden"), "groups/brexit-consensus");
const question = "Hvad skal der ske efter brexit?";

for (const database of databases) {
	describe(`files and programs on ${database}`, {
		skip: !fs.existsSync(golden) && "the golden data are not here",
	}, () => {
		let server, page, close, network, dialogue;
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

		it("a new dialogue is made", async () => {
			await page.goto(`${network}/dialoger?ny=dialog`);
			await page.getByLabel("Hvad handler det om?")
				.fill(question);
			await page.getByLabel("Spørg, om de vil fortsætte")
				.fill("0");
			await page.getByLabel("Status").selectOption("draft");
			await page.getByLabel("Hvem kan være med?")
				.selectOption("link");
			await page.getByLabel("Må de skrive deres egne udsagn?")
				.selectOption("no");
			await page.getByRole("button",
				{ name: "Gem", exact: true }).first().click();
			await page.getByText("Gemt.").first().waitFor();
			await page.goto(`${network}/dialoger`);
			await page.getByRole("link",
				{ name: question, exact: true }).first().click();
			dialogue = page.url().split("?")[0];
			await page.getByRole("link",
				{ name: "Filer ind og ud" }).click();
			await soundPage(page, "exchange");
		});

		it("a file with a fault brings in nothing", async () => {
			await page.locator("#file").setInputFiles({
				name: "votes.csv", mimeType: "text/csv",
				buffer: Buffer.from(
					"participant,statement,vote\n1,0,5\n") });
			await page.getByRole("button",
				{ name: "Se på filen" }).click();
			await page.getByText("Linje 2, tegn 5:").waitFor();
			await soundPage(page, "exchange-fault");
			await page.getByRole("button",
				{ name: "Smid filen væk" }).click();
		});

		it("the conversation comes in", async () => {
			await page.goto(`${dialogue}/udveksling`);
			await page.locator("#file").setInputFiles(
				["comments.csv", "votes.csv"].map((name) =>
					path.join(golden, name)));
			await page.getByLabel("Alle kan læse disse data i forvejen")
				.check();
			await page.getByRole("button",
				{ name: "Se på filen" }).click();
			await page.getByText("Mennesker, der stemte").waitFor();
			await soundPage(page, "exchange-look");
			await page.getByRole("button",
				{ name: "Hent den ind" }).click();
			const self = page.url();
			for (let i = 0; i < 40; i++) {
				await page.goto(self);
				if (await page.getByText("Filen er væk").count())
					break;
				await page.waitForTimeout(250);
			}
			await page.getByText("5.312 stemmer kom ind").waitFor();
			await soundPage(page, "exchange-done");
			await page.goto(dialogue);
			await page.getByRole("heading",
				{ name: "Gruppe A" }).waitFor();
		});

		it("it goes out again", async () => {
			await page.goto(`${dialogue}/udveksling`);
			const csrf = await page.locator("input[name=csrf]")
				.first().inputValue();
			const answer = await page.request.post(
				`${dialogue}/hent`, {
					form: { csrf, form: "now" },
					headers: { origin: server.base },
				});
			assert.equal(answer.status(), 200);
			const zip = await answer.body();
			assert.equal(zip.subarray(0, 2).toString(), "PK");
			assert.ok(zip.includes("participant-votes.csv"));
		});

		it("a program gets a token and uses it", async () => {
			await page.goto(`${network}/programmer`);
			await soundPage(page, "programs");
			await page.getByLabel("Hvad er det for et program?")
				.fill("Standeren på biblioteket");
			await page.getByLabel("Læse og bringe udsagn, idéer og stemmer ind")
				.check();
			await page.getByRole("button",
				{ name: "Lav en nøgle" }).click();
			const token = await page.locator("code").innerText();
			await soundPage(page, "programs-made");
			const ask = (as) => fetch(
				`${server.base}/api/v1/dialogues`,
				{ headers: { authorization: `Bearer ${as}` } });
			assert.equal((await ask("x")).status, 401);
			const answer = await ask(token);
			assert.equal(answer.status, 200);
			assert.ok((await answer.json()).length > 0);
		});
	});
}
