// Runs once for the list of conversations; `element`, `trigger` and `watch` are gradio's. Deleting takes a second click.
let staysOpen = false; // what changes in the list must not close it, as a new list would
watch("value", () => {
	const list = element.querySelector(".list");
	if (list && staysOpen) list.open = true;
	staysOpen = false;
});
element.addEventListener("click", (event) => {
	const pick = event.target.closest("[data-pick]");
	const edit = event.target.closest("[data-edit]");
	const remove = event.target.closest("[data-delete]");
	const take = event.target.closest("[data-take]");
	if (take) {
		trigger("take", { form: take.dataset.take, turn: 0 });
		take.closest("details").open = false;
	}
	if (pick) {
		trigger("pick", { conversation: pick.dataset.pick });
		element.querySelector(".list").open = false;
	}
	if (edit) {
		const form = edit.parentElement.querySelector("form");
		form.hidden = !form.hidden;
		if (!form.hidden) form.elements.title.select();
	}
	if (remove && remove.classList.contains("is-sure")) {
		staysOpen = true;
		trigger("remove", { conversation: remove.dataset.delete });
	} else if (remove) {
		remove.classList.add("is-sure");
		remove.dataset.label = remove.textContent;
		remove.textContent = remove.dataset.sure;
		remove.removeAttribute("aria-label");
	}
});
element.addEventListener("focusout", ({ target }) => {
	if (!target.matches(".is-sure")) return;
	target.classList.remove("is-sure");
	target.textContent = target.dataset.label;
});
element.addEventListener("submit", (event) => {
	event.preventDefault();
	const form = event.target;
	form.hidden = true;
	staysOpen = true;
	trigger("rename", { conversation: form.dataset.rename, title: form.elements.title.value });
});
