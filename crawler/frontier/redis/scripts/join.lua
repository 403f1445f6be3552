-- A worker takes up a portal: the run that is under way, or a new one.
-- ARGV[1] msgpack: {worker, portal, {field, value, …}, limit, horizon, longest run (ms), only join, since, until, orders,
-- the ms after its last heartbeat from which a worker is gone}
-- A run is under way while something of it is ready, leased or due soon, or while it is a moment old and has
-- not queued anything yet. A run that is older than its longest is followed by a new one: what is queued
-- stays, but lists are read again. A worker that only joins gets run 0 where none is under way, and nothing is done.
-- `orders` says what a run was asked for. One that was asked for something else is not joined: while one of its `crew`
-- is there, the worker gets run 0 and those orders; one that was left is followed by a new run, which takes up its queue.
-- `since` and `until` are days like 2026-01-31, or '' for no bound. What a run of certain days passes over is known
-- to all that follow, until one asks for a day more: then it is forgotten (`skipped`), and `range` goes up, the number
-- of the memory that such runs have of lists.
local a = cmsgpack.unpack(ARGV[1])
local name = a[2]
local key = P .. 'portal:' .. name
local p = portal(name)
if p.started > now + HOUR then
  p.started = 0 -- by a Redis whose clock was set back since
end
local fresh = now - p.started < 10000 and num(call('HGET', key, 'queued')) == 0
local full = p.limit > 0 and p.claimed >= p.limit
local live = p.run > 0
  and (fresh or (not full and not Q.drained(name, a[5])) or (full and call('ZCARD', P .. 'leases:' .. name) > 0))

-- Whether one of the run's workers is there; those that are gone are forgotten. Workers of a version that knows no
-- crew show by their leases.
local function crewed()
  local there, known = false, call('SMEMBERS', P .. 'crew:' .. name)
  for _, worker in ipairs(known) do
    local beat = call('ZSCORE', P .. 'workers', worker)
    if beat and math.abs(now - tonumber(beat)) < a[11] then
      there = true
    else
      call('SREM', P .. 'crew:' .. name, worker)
    end
  end
  return there or (#known == 0 and call('ZCARD', P .. 'leases:' .. name) > 0)
end

local joined = live and now - p.started < a[6]
-- a run that a version without orders has begun is joined by all
local stored = call('HMGET', key, 'orders', 'orders_run')
local orders = num(stored[2]) == p.run and stored[1] or a[10]
if live and orders ~= a[10] then
  if a[7] or crewed() then
    return { string.format('%.3f', now), call('GET', P .. 'epoch') or '0', 0, 0, 0, 0, orders, '' }
  end
  joined = false
end
if a[7] and not joined then
  return { string.format('%.3f', now), call('GET', P .. 'epoch') or '0', 0, 0, 0, 0, a[10], '' }
end
local range = call('HMGET', key, 'since', 'until', 'range')
local since, till, number = range[1] or '', range[2] or '', num(range[3])
local more = (since ~= '' and (a[8] == '' or a[8] < since)) or (till ~= '' and (a[9] == '' or a[9] > till))
call('INCR', P .. 'sequence') -- refused by a full Redis before anything is done
call('HSET', key, unpack(a[3]))
if not joined then
  p.run, p.limit, p.claimed = p.run + 1, a[4], 0
  p.closed = num(call('HGET', key, 'paused')) == 1
  call('HSET', key, 'run', p.run, 'started', string.format('%.0f', now), 'limit', a[4], 'claimed', 0, 'queued', 0, 'orders', a[10], 'orders_run', p.run)
  call('DEL', P .. 'claims:' .. name)
  M.reset(M.open('visited:' .. name))
  G.begin(name)
  M.reset(M.open('shown:' .. name))
  if more then
    since, till, number = a[8], a[9], number + 1
    M.reset(M.open('skipped:' .. name))
  end
  M.save()
end
-- what is passed over from now on is more than before, where fewer days are asked for
if a[8] > since then
  since = a[8]
end
if a[9] ~= '' and (till == '' or a[9] < till) then
  till = a[9]
end
call('HSET', key, 'since', since, 'until', till, 'range', number)
call('ZADD', P .. 'workers', now, a[1])
call('SADD', P .. 'crew:' .. name, a[1])
call('SADD', P .. 'names', name)
-- what tells a frontier that was lost, and begun anew, from this one
call('SETNX', P .. 'birth', string.format('%.3f', now) .. ' ' .. a[1])
Q.rescore(name)
return {
  string.format('%.3f', now), call('GET', P .. 'epoch') or '0', p.run, joined and 1 or 0, p.limit, number, a[10],
  call('GET', P .. 'birth'),
}
