-- What became of leases. A lease is settled by whoever holds it: the worker and the fencing token must be
-- those of the record, so that one that was stalled cannot settle what was leased again.
local fenced = {}

local function held_slot(worker, entry, token)
  local record = call('HGET', P .. 'held', entry)
  if record then
    local holder, current, slot = string.match(record, '^([^\t]*)\t(%d+)\t(.*)$')
    if holder == worker and current == token then
      return slot
    end
  end
  return nil
end

local settled = { ack = 0, nack = 0, dead = 0, release = 0, undecodable = 0, newer = 0 }
local SETTLE = {}

-- Done: it is forgotten. `group`: of the page's links, those of its shape; `url`: it was dead.
function SETTLE.ack(name, entry, slot, group, url)
  if group then
    G.note(name, group, url)
  end
  call('HDEL', P .. 'requests', entry)
  call('HDEL', P .. 'tries', entry)
end

-- Puts an entry behind its equals: where its host fails, the next try is another entry's.
local function put_behind(entry, slot)
  local host_name = split(slot or '')
  local value = host_name and host(host_name).alone and call('HGET', P .. 'requests', entry)
  if value then
    local home, score, payload = Q.read(value)
    if score then
      score = score - score % 1e12 + call('INCR', P .. 'sequence') % 1e12
      call('HSET', P .. 'requests', entry, home .. '\t' .. string.format('%.0f', score) .. '\t' .. payload)
    end
  end
end

-- Failed: again in `pause` ms, or (`last`) set aside.
function SETTLE.nack(name, entry, slot, reason, status, pause, tries)
  local t = Q.fail(entry, reason, status)
  if t.n >= tries then
    Q.bury(name, entry, reason, status, t)
    settled.dead = settled.dead + 1
  else
    Q.remember(entry, t)
    put_behind(entry, slot)
    Q.delay(name, entry, now + pause)
  end
end

-- Given back untouched: ready again where it stood.
function SETTLE.release(name, entry, slot)
  local home, score = Q.load(entry)
  if score then
    Q.add(name, home, entry, score)
  end
end

-- Its payload cannot be read: kept apart, for a person to look at.
function SETTLE.undecodable(name, entry)
  local value = call('HGET', P .. 'requests', entry)
  if value then
    call('HSET', P .. 'undecodable:' .. name, entry, value)
  end
  call('HDEL', P .. 'requests', entry)
  call('HDEL', P .. 'tries', entry)
end

-- Written by a newer version of this program: left for a worker of that version.
function SETTLE.newer(name, entry, slot, pause)
  Q.delay(name, entry, now + pause)
end

local function settle(worker, kind, entry, token, ...)
  local slot = held_slot(worker, entry, token)
  if not slot then
    fenced[#fenced + 1] = entry
    return
  end
  local name = Q.portal_of(entry)
  Q.unhold(name, entry, slot)
  SETTLE[kind](name, entry, slot, ...)
  settled[kind] = settled[kind] + 1
end
