-- Lifts what a host is left alone for, or every host of a portal: they are asked again from now on, and so is what
-- waits for another try there. ARGV: 'host', host; or 'portal', portal. Answers {hosts that were left alone or
-- slowed down, requests that waited for them}.
call('INCR', P .. 'sequence')
local kind, wanted = ARGV[1], ARGV[2]
local lifted, hosts_lifted, waiting = {}, 0, 0

local function lift(name)
  if lifted[name] == nil then
    local h = host(name)
    lifted[name] = (h.alone ~= nil and math.max(h.alone.till, h.alone.asked) > now) or h.next > now + 1000
    hosts_lifted = hosts_lifted + (lifted[name] and 1 or 0)
    h.next, h.back = math.min(h.next, now), 0
    h.alone, h.dirty, h.judged, h.alone_dirty = nil, true, true, true
    call('DEL', P .. 'told:' .. name)
  end
end

local function is_meant(slot)
  local host_name = split(slot or '')
  return host_name and (kind == 'portal' or host_name == wanted) and host_name
end

-- A robots.txt that could not be had is asked for again too.
local function forget_robots(entry)
  local _, _, payload = Q.load(entry)
  local origin = string.match(payload or '', '"u":"(%a+://[^/?#"]+)')
  local key = P .. 'cache:robots:' .. (origin or '')
  if origin and string.find(call('GET', key) or '', '"state":"closed"', 1, true) then
    call('DEL', key)
  end
end

local names = { wanted }
if kind == 'portal' then
  call('HSET', P .. 'portal:' .. wanted, 'paused', 0)
else
  names = call('SMEMBERS', P .. 'names')
  lift(wanted)
end
for _, name in ipairs(names) do
  local due, delayed = P .. 'due:' .. name, P .. 'delayed:' .. name
  for _, slot in ipairs(call('ZRANGE', due, 0, -1)) do
    local host_name = is_meant(slot)
    if host_name then
      lift(host_name)
      local ready = P .. 'ready:' .. name .. ':' .. slot
      waiting = waiting + call('ZCARD', ready)
      for _, entry in ipairs(call('ZRANGE', ready, 0, 99)) do
        forget_robots(entry)
      end
      call('ZADD', due, 'LT', now, slot)
    end
  end
  for _, entry in ipairs(call('ZRANGE', delayed, 0, -1)) do
    local host_name = is_meant((Q.load(entry)))
    if host_name then
      lift(host_name)
      waiting = waiting + 1
      forget_robots(entry)
      call('ZADD', delayed, 'LT', now, entry)
    end
  end
  Q.rescore(name)
end
save_clocks()
return { hosts_lifted, waiting }
