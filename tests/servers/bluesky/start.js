// Bluesky's own servers on loopback: PLC directory, PDS and app view, with a PostgreSQL of their own.
//
//   node start.js FOLDER
//
// All they keep is in FOLDER. When they answer, one line of JSON goes to standard output: their addresses. They end
// when standard input ends, however the one who started them ended. Ozone, Redis and the chat are left out: nothing
// that a reader without an account asks for needs them.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const folder = path.resolve(process.argv[2] ?? '.')
process.env.TMPDIR = path.join(folder, 'pds')
fs.mkdirSync(process.env.TMPDIR, { recursive: true })
process.env.LOG_ENABLED = 'false' // the servers' own logs
const { TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } = await import('@atproto/dev-env')

// PostgreSQL refuses to run as root: then it is run as the user that Debian's package makes.
const asPostgres =
  process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []

function postgresFolder() {
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const found = [asked.stdout?.trim(), ...versionsOf('/usr/lib/postgresql')]
  const bin = found.find((one) => one && fs.existsSync(path.join(one, 'initdb')))
  if (!bin) throw new Error('no PostgreSQL found; apt-get install postgresql')
  return bin
}

function versionsOf(all) {
  return fs.existsSync(all) ? fs.readdirSync(all).sort().reverse().map((one) => path.join(all, one, 'bin')) : []
}

// Reached through a socket in a folder that only its user and root can enter.
async function startPostgres() {
  const bin = postgresFolder()
  const data = path.join(folder, 'postgres')
  fs.mkdirSync(data, { mode: 0o700 })
  if (asPostgres.length) {
    const owner = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim()
    fs.chownSync(data, Number(owner), -1)
    for (let above = path.dirname(data); above !== '/tmp' && above !== '/'; above = path.dirname(above))
      fs.chmodSync(above, fs.statSync(above).mode | 0o011)
  }
  const run = (program, ...more) => [...asPostgres, path.join(bin, program), '-D', path.join(data, 'db'), ...more]
  const [first, ...rest] = run('initdb', '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync')
  const made = spawnSync(first, rest, { cwd: data, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const [program, ...options] = run('postgres', '-k', data, '-c', 'listen_addresses=', '-c', 'fsync=off')
  const log = fs.openSync(path.join(folder, 'postgres.log'), 'a')
  const server = spawn(program, options, { cwd: data, stdio: ['ignore', log, log] })
  const socket = path.join(data, '.s.PGSQL.5432')
  for (let tries = 0; tries < 600 && !fs.existsSync(socket); ++tries) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended; see ${folder}/postgres.log`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { server, url: `postgresql://postgres@/postgres?host=${encodeURIComponent(data)}` }
}

async function startServers(database) {
  const plc = await TestPlc.create({})
  const bsync = await TestBsync.create({ apiKeys: ['bsync-api-key'], dbUrl: database, dbSchema: 'bsync' })
  const pdsPort = await freePort()
  const bskyPort = await freePort()
  const bsky = await TestBsky.create({
    port: bskyPort,
    publicUrl: `http://localhost:${bskyPort}`, // it makes the pictures' renditions itself
    plcUrl: plc.url,
    pdsPort,
    bsyncUrl: bsync.url,
    repoProvider: `ws://localhost:${pdsPort}`,
    dbPostgresUrl: database,
    dbPostgresSchema: 'appview',
  })
  const pds = await TestPds.create({
    port: pdsPort,
    didPlcUrl: plc.url,
    bskyAppViewUrl: bsky.url,
    bskyAppViewDid: bsky.ctx.cfg.serverDid,
  })
  mockNetworkUtilities(pds, bsky) // names under .test lead to this PDS
  return { plc: plc.url, pds: pds.url, appview: bsky.url }
}

async function freePort() {
  const { createServer } = await import('node:net')
  const held = createServer()
  await new Promise((resolve) => held.listen(0, resolve))
  const { port } = held.address()
  await new Promise((resolve) => held.close(resolve))
  return port
}

const postgres = await startPostgres()
const end = () => {
  postgres.server.once('exit', () => process.exit(0))
  postgres.server.kill('SIGQUIT')
  setTimeout(() => process.exit(1), 10_000)
}
process.stdin.resume().once('end', end)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end)
try {
  console.log(JSON.stringify(await startServers(postgres.url)))
} catch (error) {
  console.error(error)
  end()
}
