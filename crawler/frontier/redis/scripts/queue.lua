-- Entries: where they wait, what was tried, and where they end.
--
-- requests HASH  entry -> slot \t score \t payload      (everything that is queued, leased or delayed)
-- ready:<portal>:<slot> ZSET entry -> score             (lowest first)
-- due:<portal> ZSET slot -> ms                          (slots that have something ready)
-- delayed:<portal> ZSET entry -> ms
-- leases:<portal> ZSET entry -> deadline; held HASH entry -> worker \t token \t slot
-- portals ZSET portal -> the first ms at which one of the three has something
-- tries HASH entry -> {n, l, h}: failed tries, lost leases, history (JSON)
-- dead:<portal> HASH entry -> as in requests; why HASH entry -> JSON; unreported SET
local CLASS = 1e15 -- scores: class of the request, then its priority, then first come, first served
local SUSPECT = 4 -- the class of what lost its lease twice: taken one at a time, after everything else
local HISTORY = 12
local LONGEST_DELAY = 90000000 -- a day, the longest Retry-After, and an hour

local Q = {}
local G = {} -- groups of links, in groups.lua

function Q.entry(portal_name, id)
  return portal_name .. ':' .. id
end

function Q.portal_of(entry)
  return string.match(entry, '^([^:]*):')
end

local function due_from(name, at)
  call('ZADD', P .. 'portals', 'LT', at, name)
end
Q.due_from = due_from

local waiting = {}
-- Makes an entry ready.
function Q.add(name, slot, entry, score)
  local slots = waiting[name]
  if not slots then
    slots = {}
    waiting[name] = slots
  end
  local key = slots[slot]
  if key then
    call('ZADD', key, score, entry)
  else
    key = P .. 'ready:' .. name .. ':' .. slot
    slots[slot] = key
    call('ZADD', key, score, entry)
    if call('ZADD', P .. 'due:' .. name, 'NX', now, slot) == 1 then
      due_from(name, now)
    end
  end
end

-- slot, score, payload of an entry; a value that was not written by us is all payload.
function Q.read(value)
  local slot, score, payload = string.match(value, '^([^\t]*)\t(%d+)\t(.*)$')
  if not slot then
    return nil, nil, value
  end
  return slot, tonumber(score), payload
end

function Q.load(entry)
  local value = call('HGET', P .. 'requests', entry)
  if value then
    return Q.read(value)
  end
end

-- Ends a lease, whoever held it.
function Q.unhold(name, entry, slot)
  call('ZREM', P .. 'leases:' .. name, entry)
  call('HDEL', P .. 'held', entry)
  local h, s = split(slot or '')
  if h then
    local p, state, place = portal(name), host(h), site(s)
    -- a host or site that was full has room again, or one that failed may be tried again
    if state.alone or state.alone_dirty or (p.host_max > 0 and state.busy >= p.host_max) or (p.site_max > 0 and place.busy >= p.site_max) then
      local at = math.max(now, free_at(p, state, place))
      call('ZADD', P .. 'due:' .. name, 'XX', 'LT', at, slot)
      due_from(name, at)
    end
    busy(state, place, -1)
  end
end

-- One more failed try (or lost lease): the record of all of them.
function Q.fail(entry, reason, status, lost)
  local raw = call('HGET', P .. 'tries', entry)
  local ok, t = pcall(cjson.decode, raw or '')
  if not (ok and type(t) == 'table' and type(t.h) == 'table') then
    t = { n = 0, l = 0, h = {} }
  end
  if lost then
    t.l = num(t.l) + 1
  else
    t.n = num(t.n) + 1
  end
  while #t.h >= HISTORY do
    table.remove(t.h, 1)
  end
  t.h[#t.h + 1] = { reason, status, math.floor(now) }
  return t
end

function Q.remember(entry, t)
  call('HSET', P .. 'tries', entry, cjson.encode(t))
end

-- Sets an entry aside for good. It is reported to `failures` by whoever asks for it next.
function Q.bury(name, entry, reason, status, t)
  local value = call('HGET', P .. 'requests', entry)
  if value then
    call('HSET', P .. 'dead:' .. name, entry, value)
    call('HSET', P .. 'why', entry, cjson.encode({
      reason = reason, status = status, tries = math.max(1, num(t.n) + num(t.l)), at = math.floor(now), history = t.h,
    }))
    call('SADD', P .. 'unreported', entry)
  end
  call('HDEL', P .. 'requests', entry)
  call('HDEL', P .. 'tries', entry)
  local group = string.find(reason, '^http%-') and G.of(value)
  if group then
    G.note(name, group, string.match(value, '"u":"([^"]*)"') or '?')
  end
end

-- Lets an entry wait until `at`.
function Q.delay(name, entry, at)
  call('ZADD', P .. 'delayed:' .. name, at, entry)
  due_from(name, at)
end

-- A lease ran out: its holder is dead, hangs, or was cut off.
function Q.reclaim(name, poison)
  local ids = call('ZRANGEBYSCORE', P .. 'leases:' .. name, '-inf', now, 'LIMIT', 0, 200)
  for _, entry in ipairs(ids) do
    local record = call('HGET', P .. 'held', entry)
    local worker, slot = string.match(record or '', '^([^\t]*)\t%d+\t(.*)$')
    Q.unhold(name, entry, slot)
    local home, score = Q.load(entry)
    local t = Q.fail(entry, 'lost by ' .. (worker or '?'), 0, true)
    if t.l >= poison then
      Q.bury(name, entry, 'poison', 0, t)
    elseif score then
      Q.remember(entry, t)
      if t.l >= 2 and score < SUSPECT * CLASS then
        score = score + SUSPECT * CLASS
      end
      Q.add(name, home, entry, score)
    elseif slot then
      Q.add(name, slot, entry, SUSPECT * CLASS)
    end
  end
  return #ids
end

-- What waited long enough is ready.
function Q.promote(name)
  local ids = call('ZRANGEBYSCORE', P .. 'delayed:' .. name, '-inf', now, 'LIMIT', 0, 200)
  for _, entry in ipairs(ids) do
    call('ZREM', P .. 'delayed:' .. name, entry)
    local slot, score = Q.load(entry)
    if score then
      Q.add(name, slot, entry, score)
    end
  end
end

-- The portal's place in `portals`; nil where it has nothing at all.
function Q.rescore(name)
  local first
  local keys = { 'leases:', 'delayed:', 'due:' }
  for i = 1, portal(name).closed and 1 or 3 do
    local head = call('ZRANGE', P .. keys[i] .. name, 0, 0, 'WITHSCORES')
    if head[2] and (not first or tonumber(head[2]) < first) then
      first = tonumber(head[2])
    end
  end
  if not portal(name).closed and G.wants(name) and call('ZCARD', P .. 'due:' .. name) == 0 then
    first = now
  end
  if first then
    call('ZADD', P .. 'portals', first, name)
  else
    call('ZREM', P .. 'portals', name)
  end
  return first
end

-- Whether a slot is one that a run waits for.
local function is_waited_for(p, slot)
  local host_name = split(slot or '')
  return not (host_name and is_given_up(p, host(host_name)))
end

-- Nothing ready, leased, or due within `horizon` ms, but on hosts that fail for longer than a run waits.
function Q.drained(name, horizon)
  if call('ZCARD', P .. 'leases:' .. name) > 0 then
    return false
  end
  local p = portal(name)
  if p.closed then
    return true
  end
  if G.wants(name) then
    return false
  end
  if not is_any_left_alone() then
    return call('ZCOUNT', P .. 'due:' .. name, '-inf', now + horizon) == 0
      and call('ZCOUNT', P .. 'delayed:' .. name, '-inf', now + horizon) == 0
  end
  for _, slot in ipairs(call('ZRANGEBYSCORE', P .. 'due:' .. name, '-inf', now + horizon)) do
    if is_waited_for(p, slot) then
      return false
    end
  end
  for _, entry in ipairs(call('ZRANGEBYSCORE', P .. 'delayed:' .. name, '-inf', now + horizon)) do
    if is_waited_for(p, (Q.load(entry))) then
      return false
    end
  end
  return true
end

-- Sets right what was written by a Redis whose clock stood in the future: slots and entries that would wait for it,
-- leases that nobody would take back. Clocks of hosts are set right when they are read.
function Q.believe(name, lease_ms)
  local p = portal(name)
  local due, delayed, leases = P .. 'due:' .. name, P .. 'delayed:' .. name, P .. 'leases:' .. name
  for _, slot in ipairs(call('ZRANGEBYSCORE', due, now + HOUR, '+inf', 'LIMIT', 0, 1000)) do
    local host_name, site_name = split(slot)
    if host_name then
      local at = math.max(now, free_at(p, host(host_name), site(site_name)))
      call('ZADD', due, 'XX', 'LT', at, slot)
    end
  end
  local moved = 0
  for _, entry in ipairs(call('ZRANGEBYSCORE', delayed, now + LONGEST_DELAY, '+inf', 'LIMIT', 0, 1000)) do
    call('ZADD', delayed, 'XX', now + HOUR, entry)
    moved = moved + 1
  end
  if moved > 0 then
    tell_of(name, 'clock', now + HOUR, 'delayed', moved, now)
  end
  for _, entry in ipairs(call('ZRANGEBYSCORE', leases, now + HOUR, '+inf', 'LIMIT', 0, 1000)) do
    call('ZADD', leases, 'XX', now + lease_ms, entry)
  end
  return Q.rescore(name)
end
