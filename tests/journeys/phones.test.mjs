// SPDX-License-Identifier: MPL-2.0
// A hall full of phones on weak lines, without a browser: some send twice, some
// lose the line before the answer comes, and the server is killed in the middle
// of it.  Nothing that was answered is lost, and nobody counts twice.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, visit }
	from "./helper.mjs";

const PHONES = 300;
const TRIES = 200;
const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
const question = "Hvad skal til, for at du tør gå en tur?";
const choose = "Hvor god er hver idé?";

// { status, body, cookie }; rejects when the line is lost.  cut: hang up as
// soon as the request is out.
function ask(base, method, where, { form, cookie, cut } = {}) {
	const { hostname, port } = new URL(base);
	return new Promise((resolve, reject) => {
		const request = http.request({ hostname, port, method, agent,
			path: where, headers: {
				...(cookie && { cookie }),
				...(form && { "sec-fetch-site": "same-origin",
					"content-type":
						"application/x-www-form-urlencoded" }),
			} }, (answer) => {
			let body = "";
			answer.setEncoding("utf8");
			answer.on("data", (text) => { body += text; });
			answer.on("error", reject);
			answer.on("end", () => resolve({ body,
				status: answer.statusCode,
				cookie: answer.headers["set-cookie"]?.[0]
					.split(";")[0] }));
		});
		request.on("error", reject);
		request.end(form, () => {
			if (cut)
				setTimeout(() => request.destroy(new Error("cut")), 1);
		});
	});
}

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Until an answer comes, as a person would who presses again.
async function until(base, method, where, options) {
	for (let n = 0; n < TRIES; n++) {
		try {
			const answer = await ask(base, method, where, options);
			if (answer.status < 500)
				return answer;
		} catch { /* the line, or the server, is gone */ }
		await rest(50);
	}
	throw new Error(`no answer to ${method} ${where}`);
}

const hidden = (body, name) =>
	body.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];

// A phone answers three statements; what it was told is in `told`.
async function phone(base, where, number, told) {
	let cookie;
	for (let n = 0; n < 3; n++) {
		const page = await until(base, "GET", `${where}?videre=1`, { cookie });
		assert.equal(page.status, 200);
		const statement = hidden(page.body, "udsagn");
		const mark = hidden(page.body, "enhed");
		const form = new URLSearchParams({ udsagn: statement, svar: "1",
			...(mark && { enhed: mark }) }).toString();
		if (number % 3 === 0) // pressed twice
			await Promise.allSettled([1, 2].map(() =>
				ask(base, "POST", where, { form, cookie })));
		if (number % 3 === 1) // the line goes before the answer comes
			await ask(base, "POST", where, { form, cookie, cut: true })
				.catch(() => {});
		const answer = await until(base, "POST", where, { form, cookie });
		assert.equal(answer.status, 303);
		cookie = answer.cookie ?? cookie;
		told.push(statement);
	}
	const own = await until(base, "GET", `${where}?mine=1`, { cookie });
	assert.equal(own.body.match(/class="talk-change"/g).length, 3);
}

for (const database of databases) {
	describe(`a hall full of phones on ${database}`, () => {
		let server, browser, leader, network;
		before(async () => {
			server = await serve(database);
			browser = await launch();
			leader = await visit(browser, server.base);
			await signIn(leader.page, server.links.leader);
			network = await demoNetwork(leader.page, server.base);
		});
		after(async () => {
			await browser?.close();
			await server?.stop();
		});

		const tally = async () => {
			const { page } = leader;
			await page.goto(`${network}/dialoger`);
			await page.getByRole("link",
				{ name: question, exact: true }).click();
			const text = await page.locator("main").innerText();
			return {
				people: +text.match(/(\d+) personer/)[1],
				votes: +text.match(/([\d.]+) stemmer/)[1].replace(".", ""),
				where: new URL(await page.getByRole("link",
					{ name: "/dialog/" }).getAttribute("href")).pathname,
			};
		};

		// Citizens who have voted, as the leader sees it while it is open.
		const voted = async () => {
			const { page } = leader;
			await page.goto(`${network}/prioritering`);
			await page.getByRole("link",
				{ name: choose, exact: true }).click();
			await page.getByText("Deltagelse indtil nu").waitFor();
			const text = await page.locator("main").innerText();
			return +text.match(/Borger\w*: (\d+)/)[1];
		};

		it("keeps every answer through a kill, and counts each once",
			async () => {
				const before = await tally();
				const told = [];
				const hall = Array.from({ length: PHONES }, (_, n) =>
					phone(server.base, before.where, n, told));
				while (told.length < PHONES)
					await rest(5);
				await server.crash();
				const late = told.length;
				await Promise.all(hall);
				assert.ok(late < 3 * PHONES, "the kill came too late");
				assert.equal(told.length, 3 * PHONES);
				// The page may be a second behind.
				let now = await tally();
				for (let n = 0; n < 50 && now.votes <
				    before.votes + 3 * PHONES; n++) {
					await rest(100);
					now = await tally();
				}
				assert.equal(now.people - before.people, PHONES);
				assert.equal(now.votes - before.votes, 3 * PHONES);
			});

		it("takes a ballot once that was sent forty times through a kill",
			async () => {
				const own = new URL(server.links.citizen).pathname;
				const list = await ask(server.base, "GET", `${own}/valg`);
				const where = list.body.match(new RegExp(
					`href="([^"]*)">${choose}`))[1];
				const page = await ask(server.base, "GET", where);
				const [, name, value] = page.body.match(
					/type="radio" name="([^"]+)".* value="(\d)"/);
				const form = `${name}=${value}`;
				const before = await voted();
				const sent = Array.from({ length: 40 }, () => until(
					server.base, "POST", where, { form }));
				await Promise.race(sent);
				await server.crash();
				for (const answer of await Promise.all(sent))
					assert.equal(answer.status, 303);
				assert.equal(await voted() - before, 1);
			});
	});
}
