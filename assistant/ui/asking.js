// Runs once for an HTML component; `element` and `trigger` are gradio's. What is asked or noted is text, never markup.
element.addEventListener("click", ({ target }) => {
	const question = target.closest("[data-question]");
	const take = target.closest("[data-take]");
	const rate = target.closest("[data-rate]");
	const example = target.closest("[data-example]");
	if (example) trigger("example", { questions: JSON.parse(example.dataset.example) });
	if (question) trigger("ask", { question: question.dataset.question });
	if (take) {
		trigger("take", { form: take.dataset.take, turn: Number(take.dataset.turn) });
		const menu = take.closest("details");
		menu.open = false;
		menu.querySelector("summary").focus({ preventScroll: true }); // what is hidden loses the focus
	}
	if (rate?.getAttribute("aria-pressed") === "false") {
		trigger("rate", { turn: Number(rate.dataset.turn), verdict: "good", note: "", wrong: [] });
	} else if (rate) {
		const form = window.communiqueRemark(rate, rate.getAttribute("aria-expanded") !== "true");
		if (!form.hidden) form.elements.note.focus({ preventScroll: true });
	}
});
element.addEventListener("keydown", (event) => {
	if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-ask] textarea")) return;
	event.preventDefault();
	event.target.form.requestSubmit();
});
element.addEventListener("submit", (event) => {
	event.preventDefault();
	const form = event.target;
	if (form.matches("[data-ask]")) trigger("ask", { question: form.elements.question.value });
	if (form.matches(".remark")) {
		const { turn, verdict } = form.dataset;
		const wrong = [...form.querySelectorAll("[name=wrong]:checked")].map((box) => Number(box.value));
		trigger("rate", { turn: Number(turn), verdict, note: form.elements.note.value, wrong });
		const opener = form.closest(".tools").querySelector(`[data-rate=${verdict}]`);
		window.communiqueRemark(opener, false);
		opener.focus({ preventScroll: true }); // the field that had it is hidden
		if (verdict === "bad") form.reset(); // the words of a note on "helpful" stay until they are kept
	}
});
