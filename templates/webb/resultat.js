// Keeps the filter when the page is shown anew, copies the findings, and remembers contacts where that is asked for.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("skript");

  function chosen(name) {
    var choice = document.querySelector(".filter input[name=" + name + "]:checked");
    return choice && choice.value !== "alla" ? choice.value : "";
  }

  document.querySelectorAll("form[action=ratta], form[action=svara], form[action=val]").forEach(function (form) {
    form.addEventListener("submit", function () {
      ["allvar", "flik"].forEach(function (name) {
        if (!chosen(name)) { return; }
        var field = document.createElement("input");
        field.type = "hidden";
        field.name = "visa-" + name;
        field.value = chosen(name);
        form.appendChild(field);
      });
      document.body.setAttribute("aria-busy", "true");
    });
  });

  // In the single file the shell answers; there is no server to ask.
  function ask(address) {
    return new Promise(function (resolve, reject) {
      var asked = new CustomEvent("underlag:fraga", { detail: { address: address, resolve: resolve, reject: reject }, cancelable: true });
      if (!document.dispatchEvent(asked)) { return; }
      fetch(address).then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error(answer.status)); }).then(resolve, reject);
    });
  }

  // Where the browser refuses the clipboard of navigator: on another machine's page without https.
  function copyByHand(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "dolt";
    document.body.appendChild(area);
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (refused) { done = false; }
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("nekat"));
  }

  function copy(text) {
    if (!navigator.clipboard || !window.isSecureContext) { return copyByHand(text); }
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  var button = document.querySelector(".kopiera-fynd");
  if (button) {
    var told = document.getElementById("kopierat");
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      ask("fynd.txt").then(copy).then(function () {
        button.textContent = "Kopierat";
        told.textContent = "Fynden är kopierade.";
      }, function () {
        told.textContent = "Det gick inte att kopiera. Öppna Fynden som text och markera texten där.";
        button.textContent = "Gick inte";
      }).then(function () { setTimeout(function () { button.textContent = label; }, 2000); });
    });
  }

  // Contacts are remembered only where that is asked for. The single file stores nothing: pages from disk share a store.
  var KEY = "underlag.kontakter";
  var memory = document.getElementById("minne");

  function store() {
    try { return root.hasAttribute("data-redo") ? null : window.localStorage; } catch (refused) { return null; }
  }

  function contacts() {
    return Array.prototype.filter.call(memory.closest("form").elements, function (field) { return field.name.indexOf(".") > 0; });
  }

  function remembered() {
    try { return JSON.parse(store().getItem(KEY)) || null; } catch (broken) { return null; }
  }

  function remember() {
    var tick = document.getElementById("minns");
    var about = document.getElementById("minne-om");
    var known = remembered();
    memory.hidden = false;
    tick.checked = known !== null;
    if (known) {
      contacts().forEach(function (field) { if (!field.value && known[field.name]) { field.value = known[field.name]; } });
      about.hidden = false;
    }
    memory.closest("form").addEventListener("submit", function () {
      if (!tick.checked) { store().removeItem(KEY); return; }
      var kept = {};
      contacts().forEach(function (field) { if (field.value.trim()) { kept[field.name] = field.value.trim(); } });
      try { store().setItem(KEY, JSON.stringify(kept)); } catch (full) { /* nothing is remembered */ }
    });
    document.getElementById("glom").addEventListener("click", function () {
      store().removeItem(KEY);
      tick.checked = false;
      about.hidden = true;
      document.getElementById("minne-besked").textContent = "Webbläsaren har glömt uppgifterna. Fälten är kvar tills du laddar om sidan.";
      tick.focus();
    });
  }

  if (memory && store()) { remember(); }
})();
