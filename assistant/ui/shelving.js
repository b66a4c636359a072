// Runs once for the hidden component through which an exchange that is over reaches those before it; `element`,
// `trigger` and `watch` are gradio's. So a long conversation is not sent again with every question.
watch("value", () => {
	const over = element.querySelector("[data-over]");
	if (!over) return;
	const [exchange, cards] = over.children;
	const past = document.querySelector("#past .exchanges");
	const groups = document.querySelector("#past-sources .groups");
	const isNext = past && groups && past.children.length === Number(over.dataset.over) - 1;
	if (!isNext) return trigger("whole", {}); // a change on the way was lost
	document.querySelectorAll("#past-sources .group").forEach((group) => (group.hidden = true));
	past.append(...exchange.children);
	groups.append(...cards.children);
});
