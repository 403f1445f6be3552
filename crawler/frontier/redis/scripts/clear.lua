-- Forgets a portal, a piece a call. ARGV: portal, entries at most. Answers {entries that went, whether there
-- may be more}.
-- Leases that are out are fenced from now on. Clocks of hosts stay: they are politeness, not memory.
local name, budget = ARGV[1], tonumber(ARGV[2])
local gone, other = 0, 0

local function forget(entries)
  for _, entry in ipairs(entries) do
    call('HDEL', P .. 'requests', entry)
    call('HDEL', P .. 'tries', entry)
    call('HDEL', P .. 'why', entry)
    call('SREM', P .. 'unreported', entry)
  end
  gone = gone + #entries
end

for _, entry in ipairs(call('ZRANGE', P .. 'leases:' .. name, 0, budget - 1)) do
  local record = call('HGET', P .. 'held', entry)
  Q.unhold(name, entry, string.match(record or '', '^[^\t]*\t%d+\t(.*)$'))
  forget({ entry })
end
for _, slot in ipairs(call('ZRANGE', P .. 'due:' .. name, 0, budget - 1)) do
  if gone < budget then
    local key = P .. 'ready:' .. name .. ':' .. slot
    local entries = call('ZRANGE', key, 0, budget - 1)
    forget(entries)
    call('ZREMRANGEBYRANK', key, 0, budget - 1)
    if call('EXISTS', key) == 0 then
      call('ZREM', P .. 'due:' .. name, slot)
      other = other + 1
    end
  end
end
if gone < budget then
  forget(call('ZRANGE', P .. 'delayed:' .. name, 0, budget - 1))
  call('ZREMRANGEBYRANK', P .. 'delayed:' .. name, 0, budget - 1)
end
for _, kind in ipairs({ 'dead:', 'undecodable:' }) do
  if gone < budget then
    local page = call('HSCAN', P .. kind .. name, 0, 'COUNT', budget)[2]
    for i = 1, #page, 2 do
      forget({ page[i] })
      call('HDEL', P .. kind .. name, page[i])
    end
  end
end
for group in pairs(doubted_of(name).state) do
  if gone < budget then
    local key = P .. 'doubtful:' .. name .. ':' .. group
    forget(call('ZRANGE', key, 0, budget - 1))
    call('ZREMRANGEBYRANK', key, 0, budget - 1)
  end
end
if gone < budget then
  local lists = call('HSCAN', P .. 'lists:' .. name, 0, 'COUNT', 100)[2]
  for i = 1, #lists, 2 do
    M.reset(M.open('listed:' .. name .. ':' .. lists[i]))
    call('HDEL', P .. 'lists:' .. name, lists[i])
    other = other + 1
  end
end
M.save()
save_clocks()
if gone + other == 0 then
  M.reset(M.open('seen:' .. name))
  M.reset(M.open('visited:' .. name))
  M.reset(M.open('shown:' .. name))
  M.reset(M.open('skipped:' .. name))
  M.save()
  call('UNLINK', P .. 'claims:' .. name, P .. 'parked:' .. name, P .. 'crew:' .. name, P .. 'rows:' .. name, P .. 'doubted:' .. name)
  call('HDEL', P .. 'portal:' .. name, 'limit', 'claimed', 'started', 'queued', 'since', 'until', 'orders', 'orders_run', 'crowded')
  call('HDEL', P .. 'counters', 'parked_full:' .. name, 'doubtful_full:' .. name)
  call('ZREM', P .. 'portals', name)
end
-- Links that workers remember as known are unknown from now on: raised with every piece, the last one too.
call('INCR', P .. 'epoch')
return { gone, gone + other > 0 and 1 or 0 }
