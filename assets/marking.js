// SPDX-License-Identifier: MPL-2.0
// Marking a passage of what somebody said, to put a code on it: with the mouse,
// a finger, or Shift and the arrows, in a field that is only read.  Without this
// script the sentences are chosen by their boxes.  tests/journeys/coding.test.mjs
"use strict";
(() => {
	const form = document.querySelector("form[data-coding]");
	const block = form?.querySelector("[data-marking]");
	if (!block)
		return;
	const words = block.querySelector("textarea");
	const says = block.querySelector("[role=status]");
	const { from, to } = form.elements;
	const boxes = [...form.querySelectorAll("input[name=s]")];
	const SHOWN = 120;

	// The server counts code points, a field its halves of surrogate pairs.
	const points = (text) => [...text].length;
	const units = (n) => [...words.value].slice(0, n).join("").length;

	function say(text) {
		const short = text.length > SHOWN
			? `${text.slice(0, SHOWN)} ...` : text;
		const line = text === "" ? says.dataset.none
			: says.dataset.marked.replace("%1", () => short);
		if (says.textContent !== line)
			says.textContent = line;
	}

	// Blanks at the ends are nobody's words.
	function marked() {
		const raw = words.value.slice(words.selectionStart,
			words.selectionEnd);
		const text = raw.trim();
		const start = words.selectionStart + raw.indexOf(text);
		return { start, text };
	}

	function take() {
		const { start, text } = marked();
		from.value = text === "" ? "" : points(words.value.slice(0, start));
		to.value = text === "" ? ""
			: Number(from.value) + points(text);
		if (text !== "")
			boxes.forEach((box) => { box.checked = false; });
		say(text);
	}

	// Sentences and a passage are two ways; the last one counts.
	function drop() {
		from.value = to.value = "";
		words.setSelectionRange(0, 0);
		say("");
	}

	// Browsers let the keyboard mark in a field that may be written in, so it
	// is one in which nothing can be written.
	words.readOnly = false;
	words.inputMode = "none";
	words.setAttribute("aria-readonly", "true");
	words.addEventListener("beforeinput", (event) => event.preventDefault());
	words.addEventListener("input", () => { words.value = words.defaultValue; });

	block.hidden = false;
	words.rows = Math.min(12, 2 + Math.ceil(words.value.length / 60));
	if (from.value !== "") // a form that came back
		words.setSelectionRange(units(Number(from.value)),
			units(Number(to.value)));
	else
		words.setSelectionRange(0, 0);
	take();
	for (const event of ["select", "keyup", "pointerup", "touchend"])
		words.addEventListener(event, () => setTimeout(take));
	document.addEventListener("selectionchange", () => {
		if (document.activeElement === words)
			take();
	});
	boxes.forEach((box) => box.addEventListener("change", () => {
		if (box.checked)
			drop();
	}));
})();
