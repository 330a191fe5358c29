import type { AddressInfo, Server, Socket } from 'node:net';

/** What stands between two ends goes when either of them does. `sockets` are those that are open. */
export function tieTogether(sockets: Set<Socket>, near: Socket, far: Socket): void {
  for (const socket of [near, far]) {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
}

/** The URL of a server, by what listens here and stands before it. */
export function urlThrough(server: Server, url: string): string {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return through.href;
}
