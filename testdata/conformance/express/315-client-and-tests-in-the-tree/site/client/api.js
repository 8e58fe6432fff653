export async function loadMap(id) {
  const answer = await fetch(`https://api.example.com/api/maps/${id}`, {
    mode: 'cors',
    credentials: 'include',
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Content-Type': 'application/json',
    },
  });
  return answer.json();
}
