// The bank's answer stands behind the #, which browsers do not send: hand it on, and leave no trace in the history.
const parameters = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
const form = document.createElement('form');
form.method = 'post';
form.action = '/auth/fragment-redirect-delegate';
parameters.set('response_mode', 'fragment');
for (const [name, value] of parameters) {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  form.append(field);
}
document.body.append(form);
form.submit();
