import React, { useState } from 'react';

const api = { 'Access-Control-Allow-Origin': '*' } as const;

export default function Page<T,>({ items, ...rest }: { items: T[]; children?: React.ReactNode }) {
  const [open, setOpen] = useState<boolean>(false);
  const pick = <K extends keyof T>(key: K) => (item: T) => item[key];
  if (items.length < 1 || open) return <p>Don't call cors() &amp; "quote" {'{'}</p>;
  return (
    <>
      {/* a comment } with a brace */}
      <ul className={`list ${open ? 'open' : ''}`} data-x='it"s' onClick={() => setOpen(!open)} {...rest}>
        {items.map((item, i) => <li key={i}>{String(item)} / {i > 0 && <b>{`${i}`}</b>}</li>)}
        <Foo.Bar render={() => <br/>} /> http://localhost // not a comment
      </ul>
    </>
  );
}

export const headers = async () => fetch('/x', { headers: { ...api } }).then((r) => r.ok ? r.json() : null);
