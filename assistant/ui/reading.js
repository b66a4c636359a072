// Runs once for an HTML component; `element` and `trigger` are gradio's. Names a place in the text to be opened.
element.addEventListener("click", (event) => {
	const button = event.target.closest("button[data-doc]");
	if (!button) return;
	const turn = button.closest(".group")?.dataset.turn ?? "0";
	trigger("open", { doc: button.dataset.doc, p: button.dataset.p, turn: Number(turn) });
});
element.addEventListener("change", (event) => {
	if (event.target.matches("[data-choose]")) trigger("open", { doc: event.target.value, p: "", turn: 0 });
});
