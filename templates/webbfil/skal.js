// Hands the page's requests (links, forms, downloads) to the application in the worker and shows its answers.
// Knows no rule of the application: it does what a browser does with a server, for a page opened from disk.
(function () {
  "use strict";
  var noticePlace = document.getElementById("start-besked");

  function supported() {
    return typeof Worker === "function" && typeof WebAssembly === "object" && typeof DecompressionStream === "function"
      && typeof Promise === "function" && "noModule" in document.createElement("script");
  }

  if (!supported()) {
    noticePlace.textContent = "Webbläsaren är för gammal för den här sidan. Öppna filen i en aktuell version av Edge, Chrome eller Firefox.";
    noticePlace.className = "topp";
    return;
  }

  var waiting = new Map();
  var queue = [];
  var texts = new Map();
  var listeners = [];
  var lastId = 0;
  var ready = false;
  var worker = null;
  var unpacker = null;
  var progress = document.getElementById("start-framsteg");
  // The page that a bookmark or a reload asks for, until its workbook is examined again.
  var wanted = "";
  // Whether something in the page has had the focus or got files, before the program was ready.
  var used = false;

  function part(id) {
    var element = document.getElementById(id);
    var text = element.textContent;
    element.remove();
    return text;
  }

  function started(id) {
    var code = new Blob([part(id)], { type: "text/javascript" });
    var made = new Worker(URL.createObjectURL(code));
    made.onerror = function (event) {
      event.preventDefault();
      gaveUp(event.message || "");
    };
    return made;
  }

  // The parts follow this script: each piece goes to the worker that unpacks once it has been read, while the form works.
  function begin() {
    var between = new MessageChannel();
    unpacker = started("uppackare");
    unpacker.postMessage({ receiver: between.port1 }, [between.port1]);
    worker = started("arbetare");
    worker.onmessage = heard;
    worker.postMessage({ parts: between.port2 }, [between.port2]);
    var reading = new MutationObserver(handOver);
    reading.observe(document.body, { childList: true });
    document.addEventListener("DOMContentLoaded", function () {
      reading.disconnect();
      handOver();
      unpacker.postMessage({ whole: true });
    });
  }

  function handOver() {
    document.querySelectorAll("script[data-del]").forEach(function (element) {
      if (document.readyState === "loading" && !element.nextSibling) { return; }
      unpacker.postMessage({
        part: element.getAttribute("data-del"), text: element.textContent, last: element.hasAttribute("data-sist"),
      });
      element.remove();
    });
  }

  function heard(event) {
    var message = event.data;
    if (message.progress) { if (progress) { progress.value = message.progress; } return; }
    if (message.ready) { isReady(); return; }
    if (message.done) { bar.value = Math.max(bar.value, message.done); return; }
    if (message.id === undefined) { gaveUp(message.failed); return; }
    var done = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.failed !== undefined) { done.reject(new Error(message.failed)); } else { done.resolve(message); }
  }

  function isReady() {
    ready = true;
    if (progress) { progress.value = 1; }
    document.documentElement.setAttribute("data-redo", "ja");
    if (noticePlace) { noticePlace.hidden = true; }
    queue.splice(0).forEach(function (message) { worker.postMessage(message, message.body ? [message.body] : []); });
    if (location.hash.charAt(1) === "/") { reopen(address()); }
  }

  // Results are kept in the tab that made them: a reloaded or a second tab begins anew. A form that is in use
  // already stays: with what was chosen and filled in, and with the focus.
  function reopen(target) {
    if (target.split("?")[0] === "/") { return; }
    wanted = target;
    ask("GET", target).then(function (answer) {
      if (isRedirect(answer)) {
        var next = redirected(answer, target);
        history.replaceState(null, "", "#" + next.pathname + next.search);
        return reopen(next.pathname + next.search);
      }
      if (answer.status !== 404) { return used ? null : follow(answer, target, { keep: true }); }
      var box = document.createElement("p");
      box.className = "topp varning";
      box.id = "borjar-om";
      box.setAttribute("role", "status");
      box.textContent = "Den här fliken börjar från början: en granskning finns bara i fliken där den gjordes, och försvinner när "
        + "sidan laddas om. Välj samma arbetsbok igen, så kommer du tillbaka till sidan du hade, med dina kryss.";
      var main = document.querySelector("main");
      main.insertBefore(box, main.firstChild);
      if (!used) { settleFocus("#borjar-om"); }
      return null;
    }).catch(broken);
  }

  function gaveUp(reason) {
    var place = document.getElementById("start-besked") || document.querySelector("main");
    place.hidden = false;
    place.className = "topp";
    place.setAttribute("role", "alert");
    place.textContent = "Programmet kunde inte starta i den här webbläsaren. Ladda om sidan, eller öppna filen i en aktuell "
      + "version av Edge, Chrome eller Firefox. Orsak: " + (reason || "okänd") + ".";
  }

  function ask(method, target, type, body) {
    return new Promise(function (resolve, reject) {
      var message = { id: lastId += 1, method: method, target: target, type: type || "", body: body || null };
      waiting.set(message.id, { resolve: resolve, reject: reject });
      if (ready) { worker.postMessage(message, body ? [body] : []); } else { queue.push(message); }
      clearTimeout(creeping);
      creeping = setTimeout(showWork, 400);
    });
  }

  var ELSEWHERE = /^(mailto|tel|blob|data|https?):/;
  // Where an answer takes long: how far the work has come. Between its steps the bar creeps on, ever more slowly.
  var creeping = 0;
  var bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Arbetar");
  bar.style.cssText = "position:fixed;inset:0 0 auto;width:100%;height:.5rem;z-index:9";

  function showWork() {
    if (!waiting.size) { bar.remove(); return; }
    if (ready) {
      if (bar.isConnected) { bar.value += (1 - bar.value) * 0.01; } else { bar.value = 0.02; }
      document.body.appendChild(bar);
    }
    creeping = setTimeout(showWork, 250);
  }

  function text(answer) { return new TextDecoder().decode(answer.body); }

  function asset(path) {
    if (!texts.has(path)) { texts.set(path, ask("GET", path).then(text)); }
    return texts.get(path);
  }

  // The route is the fragment's first part; what follows a second # belongs to the page shown. A fragment that is
  // no route of this page's is the start page.
  function address() {
    var route = location.hash.slice(1).split("#")[0];
    return /^\/(?![\/\\])/.test(route) ? route : "/";
  }

  function resolved(href) {
    var base = "http://sida.invalid" + address();
    var url = new URL(href, base);
    return url.host === "sida.invalid" ? url : null;
  }

  // How often the user has gone back or forward: what was asked for before that is not shown any more.
  var left = 0;

  function visit(target, how) {
    var options = Object.assign({ left: left }, how);
    return ask("GET", target).then(function (answer) { return follow(answer, target, options); }).catch(broken);
  }

  function follow(answer, target, how) {
    if (how.left !== undefined && how.left !== left && !isFile(answer)) { return null; }
    if (isRedirect(answer)) {
      var next = redirected(answer, target);
      if (wanted && wanted.indexOf(next.pathname) === 0 && address() === wanted) { return visit(wanted, { keep: true }); }
      return visit(next.pathname + next.search, { keep: how.keep, anchor: next.hash });
    }
    if (isFile(answer)) { save(answer, answer.headers["content-disposition"]); return null; }
    // What changes a page leads to the page again: going back once leaves it.
    if (!how.keep && target.split("?")[0] === address().split("?")[0]) {
      history.replaceState(null, "", "#" + target);
    } else if (!how.keep) {
      history.pushState(null, "", "#" + target + (how.anchor || ""));
    }
    return show(text(answer), answer.headers["content-type"] || "", how.anchor);
  }

  function isRedirect(answer) { return answer.status >= 300 && answer.status < 400; }

  function redirected(answer, target) { return new URL(answer.headers.location, "http://sida.invalid" + target); }

  function isFile(answer) { return (answer.headers["content-disposition"] || "").indexOf("attachment") === 0; }

  function save(answer, disposition) {
    var star = /filename\*=UTF-8''([^;]+)/.exec(disposition);
    var plain = /filename="([^"]+)"/.exec(disposition);
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([answer.body], { type: answer.headers["content-type"] }));
    link.download = star ? decodeURIComponent(star[1]) : plain ? plain[1] : "fil";
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    document.dispatchEvent(new CustomEvent("underlag:sparad", { detail: link.download }));
  }

  function broken(error) {
    var main = document.querySelector("main") || document.body;
    var box = document.createElement("div");
    box.className = "topp";
    box.setAttribute("role", "alert");
    box.textContent = "Det gick inte: " + error.message + ". Ladda om sidan och börja om. Inget har lämnat datorn.";
    main.insertBefore(box, main.firstChild);
    document.querySelectorAll("button:disabled").forEach(function (button) { button.disabled = false; });
  }

  function plainPage(content) {
    var page = document.implementation.createHTMLDocument(decodeURIComponent(address().split("/").pop()));
    page.documentElement.lang = "sv";
    var main = page.body.appendChild(page.createElement("main"));
    main.appendChild(page.createElement("p")).innerHTML = '<a href="./">Tillbaka</a>';
    main.appendChild(page.createElement("h1")).textContent = page.title;
    var block = main.appendChild(page.createElement("pre"));
    block.textContent = content;
    block.style.cssText = "white-space:pre-wrap;overflow-wrap:anywhere";
    return page;
  }

  // The page is taken apart and put into this document: what ran before keeps running, and this file's policy
  // stays the only one.
  function show(content, type, anchor) {
    var page = type.indexOf("text/html") === 0 ? new DOMParser().parseFromString(content, "text/html") : plainPage(content);
    var loads = [];
    page.querySelectorAll("meta[http-equiv], meta[charset]").forEach(function (meta) { meta.remove(); });
    page.querySelectorAll("link").forEach(function (link) {
      var path = link.getAttribute("href") || "";
      if (link.rel === "stylesheet") {
        loads.push(asset(path).then(function (rules) {
          var style = page.createElement("style");
          style.textContent = rules;
          link.replaceWith(style);
        }));
      } else { link.remove(); }
    });
    var scripts = [];
    page.querySelectorAll("script").forEach(function (script, index) {
      var path = script.getAttribute("src");
      loads.push((path ? asset(path) : Promise.resolve(script.textContent)).then(function (code) { scripts[index] = code; }));
      script.remove();
    });
    return Promise.all(loads).then(function () { put(page, scripts, anchor); });
  }

  function put(page, scripts, anchor) {
    listeners.splice(0).forEach(function (one) { one[0].removeEventListener(one[1], one[2], one[3]); });
    var root = document.documentElement;
    Array.prototype.slice.call(root.attributes).forEach(function (one) { if (one.name !== "data-redo") { root.removeAttribute(one.name); } });
    Array.prototype.slice.call(page.documentElement.attributes).forEach(function (one) { root.setAttribute(one.name, one.value); });
    Array.prototype.slice.call(document.head.children).forEach(function (one) { if (!one.hasAttribute("data-skal")) { one.remove(); } });
    Array.prototype.slice.call(page.head.children).forEach(function (one) { document.head.appendChild(document.adoptNode(one)); });
    document.body.replaceWith(document.adoptNode(page.body));
    run(scripts);
    settleFocus(anchor);
  }

  function run(scripts) {
    var own = EventTarget.prototype.addEventListener;
    [document, window].forEach(function (target) {
      target.addEventListener = function (kind, action, options) {
        listeners.push([target, kind, action, options]);
        own.call(target, kind, action, options);
      };
    });
    try {
      scripts.forEach(function (code) {
        var script = document.createElement("script");
        script.textContent = code;
        document.head.appendChild(script);
      });
    } finally {
      delete document.addEventListener;
      delete window.addEventListener;
    }
  }

  function settleFocus(anchor) {
    var place = anchor && document.getElementById(decodeURIComponent(anchor.slice(1)));
    if (!place) {
      window.scrollTo(0, 0);
      place = document.querySelector("[autofocus], [aria-invalid=true]") || document.querySelector("h1") || document.body;
    } else { place.scrollIntoView(); }
    if (!place.matches("a[href], button, input, select, textarea, summary")) { place.setAttribute("tabindex", "-1"); }
    place.focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.download) { return; }
    var href = link.getAttribute("href");
    if (ELSEWHERE.test(href)) { return; }
    event.preventDefault();
    if (href.charAt(0) === "#" && href.charAt(1) !== "/") { settleFocus(href); return; }
    var url = resolved(href.replace(/^#/, ""));
    if (url) { visit(url.pathname + url.search, { anchor: url.hash }); }
  });

  // Whoever opens a link in another tab, or copies it, gets the address of this file with the page as its fragment.
  ["mousedown", "contextmenu", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var link = event.target.closest ? event.target.closest("a[href]") : null;
      if (!link || (kind === "mousedown" && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey)) { return; }
      var href = link.getAttribute("href");
      var url = ELSEWHERE.test(href) || href.charAt(0) === "#" ? null : resolved(href);
      if (url) { link.setAttribute("href", "#" + url.pathname + url.search + url.hash); }
    });
  });

  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented) { return; }
    event.preventDefault();
    var form = event.target;
    var url = resolved((event.submitter && event.submitter.getAttribute("formaction")) || form.getAttribute("action") || address());
    var data = new FormData(form, event.submitter || null);
    if (form.method !== "post") {
      url.search = new URLSearchParams(data).toString();
      visit(url.pathname + url.search);
      return;
    }
    var asked = left;
    var body = new Response(data);
    var type = body.headers.get("content-type");
    body.arrayBuffer().then(function (buffer) {
      return ask("POST", url.pathname + url.search, type, buffer);
    }).then(function (answer) {
      return follow(answer, url.pathname, { keep: answer.status < 300 || answer.status >= 400, left: asked });
    }).catch(broken);
  });

  // A page's own script asks by this event; without the shell nobody hears it, and it asks the server.
  document.addEventListener("underlag:fraga", function (event) {
    event.preventDefault();
    var url = resolved(event.detail.address);
    ask("GET", url.pathname + url.search).then(function (answer) {
      if (answer.status < 300) { event.detail.resolve(text(answer)); } else { event.detail.reject(new Error(String(answer.status))); }
    }, event.detail.reject);
  });

  ["focusin", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function () { used = true; });
  });
  window.addEventListener("popstate", function () {
    left += 1;
    visit(address(), { keep: true });
  });

  begin();
})();
