// The page's script ran: that is all that there is to wait for.
document.body.append(Object.assign(document.createElement('p'), { id: 'ran' }));
