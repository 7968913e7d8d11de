// Asks for the verdict of each workbook, two at a time, and shows it as soon as it is there.
(function () {
  "use strict";
  var list = document.getElementById("flera");
  var status = document.getElementById("framsteg");
  var waiting = Array.prototype.slice.call(list.querySelectorAll("[data-vantar]"));
  var total = list.rows.length;
  var left = waiting.length;

  // In the single file the shell answers; there is no server to ask.
  function ask(address) {
    return new Promise(function (resolve, reject) {
      var asked = new CustomEvent("underlag:fraga", { detail: { address: address, resolve: resolve, reject: reject }, cancelable: true });
      if (!document.dispatchEvent(asked)) { return; }
      fetch(address).then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error(answer.status)); }).then(resolve, reject);
    });
  }

  function progress() {
    status.textContent = left ? (total - left) + " av " + total + " är granskade." : "Alla " + total + " är granskade.";
  }

  function next() {
    var row = waiting.shift();
    if (!row) { return; }
    row.cells[2].textContent = "Granskas …";
    ask("/flera/rad/" + row.getAttribute("data-vantar")).then(function (text) {
      var page = new DOMParser().parseFromString("<table><tbody>" + text + "</tbody></table>", "text/html");
      row.replaceWith(document.importNode(page.querySelector("tr"), true));
    }, function () {
      row.cells[2].textContent = "Granskningen avbröts. Öppna arbetsboken för att försöka igen.";
    }).then(function () { left -= 1; progress(); next(); });
  }

  if (left) { progress(); next(); next(); }
})();
