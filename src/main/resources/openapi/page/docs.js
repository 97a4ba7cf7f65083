// Shows the OpenAPI document that this server publishes beside the page.
const openApi = new URL('../openapi.json', document.currentScript.src).href;

window.addEventListener('DOMContentLoaded', () => {
  window.SwaggerUIBundle({
    url: openApi,
    dom_id: '#swagger-ui',
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: false,
    validatorUrl: null,
  });
});
