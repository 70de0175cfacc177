// SPDX-License-Identifier: MPL-2.0
// The field page: what people say is sealed as it is written (field-box.js),
// kept on the phone, and sent when the line is back (field-send.js).  Nothing
// that was sealed can be read here again; doc/decisions/0015 says why.
"use strict";
(() => {
	const main = document.getElementById("indhold");
	const base = main.dataset.base;
	const PART = 240_000; // bytes of a part before it is sealed
	const SLICE_MS = 2000; // of a recording: what a killed tab may lose
	const PAUSE_MS = 400; // in writing, before it is sealed anew
	const SOUND_BITS = 32_000;
	const get = (id) => document.getElementById(`felt-${id}`);
	const word = (key) =>
		document.querySelector(`[data-word="${key}"]`).textContent;
	const form = get("form");
	const sender = fieldSend(base);

	let db;
	let days = []; // the last one is what is sealed for
	let items = []; // all that is on the phone, in the order it was made
	let current = null; // the voice that is being written
	let recording = null; // { item, recorder, stream, from }
	let line = ""; // "", "offline", "signedout", "later"
	let drafts = 0, sent = 0, attempt = 0;
	let news = ""; // said until something is written again

	// ---- what is said of it ----

	function alarm(key) {
		const p = document.createElement("p");
		p.textContent = word(key);
		p.className = "field-alarm";
		get("alarm").replaceChildren(...key === "" ? [] : [p]);
	}

	const noAlarm = () => get("alarm").replaceChildren();

	function failed(error) {
		const full = error?.name === "QuotaExceededError";
		alarm(full ? "full" : "failed");
	}

	const waiting = () => items.filter((i) => i.state === "waits" ||
		i.state === "sending");

	function standText() {
		const parts = [];
		if (news !== "")
			parts.push(word(news));
		if (waiting().length > 0)
			parts.push(`${waiting().length} ${word("waiting")}.`);
		if (sent > 0)
			parts.push(`${sent} ${word("sent")}.`);
		if (line === "offline")
			parts.push(word("offline"));
		return parts.join(" ");
	}

	function say() {
		const text = standText();
		if (get("stand").textContent !== text)
			get("stand").textContent = text;
	}

	const clock = (ms) => new Date(ms).toLocaleString(
		document.documentElement.lang,
		{ dateStyle: "short", timeStyle: "short" });

	const size = (bytes) => `${Math.max(1, Math.round(bytes / 1024))} kB`;

	function row(item) {
		const li = document.createElement("li");
		const name = `${word("number")} ${item.seq}`;
		const text = document.createElement("p");
		text.textContent = [name, word(item.kind), clock(item.at),
			size(item.size)].join(" · ") + " ";
		const tag = document.createElement("span");
		tag.className = "tag";
		tag.textContent = word(item.state);
		text.append(tag);
		li.className = "plan-record";
		li.dataset.state = item.state;
		li.dataset.id = item.id;
		li.append(text);
		if (item.note) {
			const note = document.createElement("p");
			note.textContent = item.note;
			li.append(note);
		}
		const button = document.createElement("button");
		button.type = "button";
		button.className = "button button-tertiary";
		button.textContent = `${word("delete")} ${name}`;
		button.addEventListener("click", () => deleteByHand(item));
		li.append(button);
		return li;
	}

	// Whoever stands on a button stays there.
	function drawList(seen) {
		const at = document.activeElement.closest("#felt-liste li")?.dataset.id;
		get("liste").replaceChildren(...seen.map(row));
		get("liste").hidden = seen.length === 0;
		if (at !== undefined)
			(get("liste").querySelector(`[data-id="${at}"] button`) ??
			    get("paa")).focus();
	}

	const live = () => days.at(-1);

	function draw() {
		const day = live();
		const seen = items.filter((i) => i !== current || i.parts > 0);
		drawList(seen);
		get("tom").hidden = seen.length > 0;
		get("slet").hidden = seen.length === 0;
		get("send").hidden = waiting().length === 0;
		get("slut").hidden = !day || items.length > 0 || line !== "";
		get("klar").hidden = !day || Date.now() > day.ends;
		get("over").hidden = !day || Date.now() <= day.ends;
		get("til").textContent = day ? clock(day.ends) : "";
		get("goer-klar").hidden = day !== undefined && Date.now() <= day.ends;
		get("logget-ud").hidden = line !== "signedout";
		get("kladder").hidden = drafts === 0;
		form.hidden = !day;
		drawMedia();
		say();
	}

	const mine = () => current === null ? []
		: items.filter((i) => i.of === current.id);

	function drawMedia() {
		if (get("med") === null)
			return;
		const list = mine().filter((i) => i.parts > 0);
		get("med").textContent = list.length === 0 ? ""
			: `${word("attached")} ` + list.map((i) =>
				`${word(i.kind)} ${i.seq} (${size(i.size)})`).join(", ");
		get("optag").disabled = recording === null && !form.sound.checked;
		get("foto").disabled = !form.photo.checked;
	}

	// ---- keeping ----

	// One after the other: the parts of a recording keep their order.
	let work = Promise.resolve();
	function later(fn) {
		const done = work.then(fn);
		work = done.catch(failed);
		return done;
	}

	function newItem(kind) {
		const item = { id: fieldBox.newId(), day: live().id, kind,
			of: kind === "voice" ? undefined : current.id,
			seq: items.reduce((n, i) => Math.max(n, i.seq), 0) + 1,
			at: Date.now(), size: 0, parts: 0, state: "open", note: "" };
		items.push(item);
		return item;
	}

	const dayOf = (item) => days.find((d) => d.id === item.day);

	// Part `nr` is sealed, and only then on the phone.
	async function keep(item, nr, plain) {
		const box = await fieldBox.close(dayOf(item).point, plain,
			`${item.id}/${nr}`);
		if (!items.includes(item))
			return; // deleted meanwhile
		item.size += nr < item.parts ? box.length - item.size : box.length;
		item.parts = Math.max(item.parts, nr + 1);
		await fieldBox.change(db, (d, i, parts) => {
			parts.put(box, [item.id, nr]);
			i.put(item);
		});
	}

	const put = (item) => fieldBox.change(db, (d, i) => { i.put(item); });

	function told() {
		const scope = form.querySelector("[name=scope]:checked");
		const texts = scope === null ? []
			: [document.getElementById(`${scope.id}-text`).textContent];
		for (const tick of form.querySelectorAll(
			"[name=sound]:checked, [name=photo]:checked"))
			texts.push(`${tick.labels[0].textContent}.`);
		return texts.map((t) => t.trim()).join(" ");
	}

	function written() {
		const data = new URLSearchParams(new FormData(form));
		data.set("at", current.at);
		data.set("told", told());
		data.set("with", mine().map((i) => i.kind).join(" "));
		return new TextEncoder().encode(data.toString());
	}

	// The form as it stands now.
	function seal() {
		current ??= newItem("voice");
		const item = current, bytes = written();
		return later(() => keep(item, 0, bytes));
	}

	let pause = 0;
	function sealSoon() {
		clearTimeout(pause);
		pause = setTimeout(() => seal().then(() => draw(), () => {}), PAUSE_MS);
	}

	async function remove(gone) {
		items = items.filter((i) => !gone.includes(i));
		await fieldBox.change(db, (d, i, parts) => {
			for (const item of gone) {
				i.delete(item.id);
				parts.delete(fieldBox.partsOf(item.id));
			}
		});
	}

	async function deleteByHand(item) {
		if (!confirm(word("really")))
			return;
		const gone = items.filter((i) => i === item || i.of === item.id);
		if (recording !== null && gone.includes(recording.item))
			await stopRecording();
		if (gone.includes(current))
			clear();
		await later(() => remove(gone)).catch(() => {});
		draw();
		get("paa").focus();
	}

	function clear() {
		clearTimeout(pause);
		current = null;
		form.reset();
	}

	// ---- sound and photos ----

	const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus",
		"audio/mp4"];

	async function startRecording() {
		const type = types.find((t) => window.MediaRecorder?.isTypeSupported(t));
		if (type === undefined) {
			alarm("nosound");
			return;
		}
		await seal();
		let stream;
		try {
			stream = await navigator.mediaDevices.getUserMedia({ audio: true });
		} catch {
			alarm("nomic");
			return;
		}
		noAlarm();
		const recorder = new MediaRecorder(stream,
			{ mimeType: type, audioBitsPerSecond: SOUND_BITS });
		const item = newItem("sound");
		recording = { item, recorder, stream, from: performance.now() };
		recorder.addEventListener("dataavailable", ({ data }) => {
			if (data.size > 0)
				later(async () => keep(item, item.parts,
					await data.arrayBuffer())).then(drawMedia, () => {});
		});
		recorder.start(SLICE_MS);
		await seal(); // with what is recorded with it
		drawRecording();
	}

	async function stopRecording() {
		const { recorder, stream } = recording;
		const ended = new Promise((resolve) =>
			recorder.addEventListener("stop", resolve, { once: true }));
		if (recorder.state !== "inactive") {
			recorder.stop();
			await ended;
		}
		stream.getTracks().forEach((track) => track.stop());
		recording = null;
		await work;
		drawRecording();
		draw();
	}

	function drawRecording() {
		const button = get("optag");
		button.textContent = word(recording === null ? "record" : "stop");
		button.setAttribute("aria-pressed", String(recording !== null));
		if (recording === null) {
			get("tid").textContent = "";
			return;
		}
		const s = Math.floor((performance.now() - recording.from) / 1000);
		get("tid").textContent =
			`${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
		setTimeout(drawRecording, 500);
	}

	// As the server takes it; what a camera wrote beside it is taken away there.
	async function pictureOf(file) {
		if (["image/jpeg", "image/png", "image/webp"].includes(file.type))
			return file;
		const bitmap = await createImageBitmap(file);
		const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
		canvas.getContext("2d").drawImage(bitmap, 0, 0);
		return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
	}

	async function addPhoto(file) {
		let blob;
		try {
			blob = await pictureOf(file);
		} catch {
			alarm("nophoto");
			return;
		}
		noAlarm();
		await seal();
		const item = newItem("photo");
		for (let at = 0; at < blob.size; at += PART) {
			const bytes = await blob.slice(at, at + PART).arrayBuffer();
			await later(() => keep(item, item.parts, bytes));
		}
		await seal();
		draw();
	}

	// Taken back before it was saved: what was recorded goes.
	async function unticked(tick) {
		const kind = tick.name;
		const gone = mine().filter((i) => i.kind === kind);
		if (gone.length === 0)
			return;
		if (!confirm(word("untick"))) {
			tick.checked = true;
			return;
		}
		if (recording !== null && kind === "sound")
			await stopRecording();
		await later(() => remove(gone)).catch(() => {});
		draw();
	}

	// ---- one person, and the next ----

	const isGuardian = () => ["parent", "guardian"].includes(form.given_by.value);

	function check() {
		const said = form.original.value.trim() !== "" || mine().length > 0;
		form.original.setCustomValidity(said ? "" : word("empty"));
		const child = form.child.checked && form.basis.value === "consent" &&
			!isGuardian();
		form.given_by.setCustomValidity(child ? word("guardian") : "");
		return form.reportValidity();
	}

	async function save() {
		if (recording !== null)
			await stopRecording();
		if (!check())
			return;
		clearTimeout(pause);
		await seal();
		const whole = [current, ...mine()];
		for (const item of whole)
			item.state = "waits";
		await later(() => fieldBox.change(db, (d, i) => {
			whole.forEach((item) => i.put(item));
		}));
		clear();
		news = "kept";
		draw();
		get("ny").focus();
		send();
	}

	// ---- sending ----

	async function learn(stand) {
		const listed = stand.days.map((d) => ({ ...d,
			point: Uint8Array.from(atob(d.point), (c) => c.charCodeAt(0)) }));
		const needed = days.filter((d) =>
			items.some((i) => i.day === d.id) &&
			!listed.some((l) => l.id === d.id));
		days = [...needed, ...listed];
		drafts = stand.drafts;
		await fieldBox.change(db, (store) => {
			store.clear();
			days.forEach((d) => store.put(d));
		});
		return new Set(listed.map((d) => d.id));
	}

	const part = (item) => (nr) =>
		fieldBox.change(db, (d, i, parts) => parts.get([item.id, nr]));

	async function settle(item, answer) {
		if (answer.state === "refused") {
			item.state = "refused";
			item.note = answer.text || word("taken");
			await later(() => put(item));
			return;
		}
		if (answer.state === "received")
			sent++;
		if (answer.state === "draft")
			drafts++;
		await later(() => remove([item]));
	}

	async function sendAll() {
		const open = await learn(await sender.state());
		line = "";
		for (const item of waiting()) {
			item.note = open.has(item.day) ? "" : word("other");
			if (!open.has(item.day))
				continue;
			item.state = "sending";
			draw();
			try {
				await settle(item, await sender.one(item, part(item)));
			} finally {
				if (item.state === "sending")
					item.state = "waits";
			}
			draw();
		}
	}

	let sending = false, again = false, timer = 0;
	async function send() {
		again = true;
		if (sending)
			return;
		sending = true;
		clearTimeout(timer);
		while (again) {
			again = false;
			try {
				await sendAll();
				attempt = 0;
			} catch (error) {
				if (error.why === undefined)
					failed(error);
				line = error.why ?? "later";
			}
			draw();
		}
		sending = false;
		if (waiting().length > 0 && line !== "signedout")
			timer = setTimeout(send, sender.wait(attempt++));
	}

	async function endDay() {
		if (!confirm(word("end")))
			return;
		try {
			await sender.end(live().id);
		} catch (error) {
			line = error.why ?? "later";
		}
		await send();
	}

	async function deleteAll() {
		if (!confirm(word("really")))
			return;
		if (recording !== null)
			await stopRecording();
		clear();
		await later(() => remove([...items])).catch(() => {});
		draw();
		get("paa").focus();
	}

	// ---- beginning ----

	function listen() {
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			save().catch(failed);
		});
		form.addEventListener("input", (event) => {
			event.target.setCustomValidity?.("");
			news = "";
			if (event.target.type === "file")
				return;
			if (["sound", "photo"].includes(event.target.name) &&
			    !event.target.checked)
				unticked(event.target);
			drawMedia();
			sealSoon();
		});
		get("optag")?.addEventListener("click", () => {
			const turn = recording === null ? startRecording : stopRecording;
			turn().catch(failed);
		});
		get("foto")?.addEventListener("change", ({ target }) => {
			const files = [...target.files];
			target.value = "";
			files.forEach((file) => addPhoto(file).catch(failed));
		});
		get("send").addEventListener("click", send);
		get("slut").addEventListener("click", endDay);
		get("slet").addEventListener("click", deleteAll);
		window.addEventListener("online", send);
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "visible")
				send();
			else if (current !== null)
				seal().catch(() => {});
		});
	}

	// What a killed tab left half written goes in as it stands.
	async function load() {
		days = await fieldBox.change(db, (store) => store.getAll());
		items = await fieldBox.change(db, (d, store) => store.getAll());
		days.sort((a, b) => a.made - b.made);
		items.sort((a, b) => a.seq - b.seq);
		await remove(items.filter((i) => i.parts === 0));
		for (const item of items.filter((i) => i.state !== "refused"))
			item.state = "waits";
		await fieldBox.change(db, (d, store) => {
			items.forEach((item) => store.put(item));
		});
	}

	function keepPage() {
		const policy = window.trustedTypes?.createPolicy("felt",
			{ createScriptURL: (url) => url });
		const url = main.dataset.worker;
		return navigator.serviceWorker.register(
			policy?.createScriptURL(url) ?? url, { scope: base });
	}

	function askForRequired() {
		for (const name of ["scope", "anonymity", "basis"])
			form.querySelectorAll(`[name=${name}]`)
				.forEach((radio) => { radio.required = true; });
	}

	async function begin() {
		get("side").hidden = false;
		noAlarm();
		db = await fieldBox.open(`felt ${base}`);
		await load();
		askForRequired();
		listen();
		draw();
		navigator.storage?.persist?.();
		keepPage().catch(() => {}); // without a line it is there already
		send();
	}

	if (!window.isSecureContext || !window.indexedDB || !crypto.subtle ||
	    !navigator.serviceWorker || !navigator.locks) {
		get("side").hidden = false;
		alarm("old");
		return;
	}
	const other = setTimeout(() => {
		get("side").hidden = false;
		alarm("tab");
	}, 1500);
	navigator.locks.request(`felt ${base}`, () => {
		clearTimeout(other);
		begin().catch(failed);
		return new Promise(() => {}); // until the page goes
	});
})();
