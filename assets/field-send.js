// SPDX-License-Identifier: MPL-2.0
// Sends what the field page has kept, each thing once: the server knows it by
// the id it got here, so that what was sent and not answered is sent again.
// src/web/page_field_in.c says what the answers mean.
"use strict";
const fieldSend = (base) => {
	const FIRST_WAIT_MS = 4000, LONGEST_WAIT_MS = 300_000, ASK_MS = 60_000;
	let csrf = "";

	// What ends a round: "offline", "signedout", or "later".
	class Stop extends Error {
		constructor(why) {
			super(why);
			this.why = why;
		}
	}

	async function ask(path, options) {
		try {
			return await fetch(base + path, { redirect: "manual",
				cache: "no-store", signal: AbortSignal.timeout(ASK_MS),
				...options });
		} catch {
			throw new Stop("offline");
		}
	}

	// How it stands: { csrf, now, drafts, days }.
	async function state() {
		const response = await ask("/stand");
		if (response.type === "opaqueredirect" || response.status === 401)
			throw new Stop("signedout");
		if (!response.ok)
			throw new Stop("later");
		const stand = await response.json().catch(() => {
			throw new Stop("later");
		});
		csrf = stand.csrf;
		return stand;
	}

	// The answer's JSON; what no later try would change is "refused".
	async function post(path, fields, file) {
		const body = file === undefined ? new URLSearchParams()
			: new FormData();
		body.set("csrf", csrf);
		for (const [name, value] of Object.entries(fields))
			body.set(name, value);
		if (file !== undefined)
			body.set("del", new Blob([file]), "del");
		const response = await ask(path, { method: "POST", body });
		if (response.status === 401)
			throw new Stop("signedout");
		if ([400, 404, 413].includes(response.status))
			return { state: "refused", text: "" };
		if (!response.ok)
			throw new Stop("later");
		return response.json().catch(() => { throw new Stop("later"); });
	}

	async function parts(item, part) {
		for (let nr = 0; nr < item.parts; nr++) {
			const answer = await post(`/${item.id}/del`, { dag: item.day,
				til: item.of ?? "", slags: item.kind, nr }, await part(nr));
			if (answer.state === "refused")
				return answer;
		}
		return null;
	}

	// Asks first: what only the answer was lost of is not sent again.
	async function one(item, part) {
		for (let tries = 0; tries < 3; tries++) {
			let answer;
			do
				answer = await post(`/${item.id}/ind`, { dele: item.parts });
			while (answer.state === "more");
			if (answer.state !== "parts")
				return answer;
			const refused = await parts(item, part);
			if (refused !== null)
				return refused;
		}
		throw new Stop("later");
	}

	const end = (day) => post(`/dag/${day}/slut`, {});

	const wait = (attempt) =>
		Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);

	return { state, one, end, wait };
};
