// A classic script, first thing in <body>: the Design System's feature check, without inline code.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
