// Starts the reference page.
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true });
