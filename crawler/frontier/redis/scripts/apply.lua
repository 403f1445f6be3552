-- Portals that had no room for a link that is to be kept; each is warned of once a run.
local crowded = {}

-- The operations of an outbox, by their first letter.
local APPLY = {
  p = function(worker, op) push(op[2], op[3], op[4], op[5], op[6], op[7], op[8], op[9]) end,
  a = function(worker, op) settle(worker, 'ack', op[2], op[3], op[4], op[5]) end,
  n = function(worker, op) settle(worker, 'nack', op[2], op[3], op[4], op[5], op[6], op[7]) end,
  r = function(worker, op) settle(worker, 'release', op[2], op[3]) end,
  u = function(worker, op) settle(worker, 'undecodable', op[2], op[3]) end,
  v = function(worker, op) settle(worker, 'newer', op[2], op[3], op[4]) end,
  -- articles that a list showed
  l = function(worker, op)
    local m = M.open('listed:' .. op[2] .. ':' .. op[3])
    call('HSETNX', P .. 'lists:' .. op[2], op[3], 0)
    for i = 1, #op[4], 2 do
      M.add(m, op[4][i], op[4][i + 1])
    end
  end,
  -- what lists showed in this run, each article by a number of it and its list together
  i = function(worker, op)
    local m = M.open('shown:' .. op[2])
    for i = 1, #op[3], 2 do
      M.add(m, op[3][i], op[3][i + 1])
    end
  end,
  -- an article that is known by another id, too
  m = function(worker, op) M.add(M.open('seen:' .. op[2], SEEN_MS), op[3], op[4]) end,
  -- a list that was walked to its end
  w = function(worker, op) call('HSET', P .. 'lists:' .. op[2], op[3], '1 ' .. (op[4] or 0)) end,
  -- one that was, and that a run reads further: until it is done, only this run may call it walked (a page
  -- that is acknowledged after the last one of its run says nothing more)
  o = function(worker, op)
    local was = call('HGET', P .. 'lists:' .. op[2], op[3])
    if was and (was == '1' or (was:sub(1, 2) == '1 ' and was ~= '1 ' .. op[4])) then
      call('HSET', P .. 'lists:' .. op[2], op[3], 'run ' .. op[4])
    end
  end,
  -- an article of a day that this run was not asked for: another may be
  f = function(worker, op)
    M.remove(M.open('seen:' .. op[2], SEEN_MS), op[3], op[4])
    M.add(M.open('skipped:' .. op[2]), op[3], op[4])
  end,
  -- a link for a run that asks for more
  h = function(worker, op)
    local key = P .. 'parked:' .. op[2]
    if op[8] ~= 0 and M.find(M.open('seen:' .. op[2], SEEN_MS), op[4], op[5]) then
      return
    end
    if call('HLEN', key) < op[7] then
      call('HSETNX', key, op[3], op[6])
    elseif call('HEXISTS', key, op[3]) == 0 then
      call('HINCRBY', P .. 'counters', 'parked_full:' .. op[2], 1)
      local about, run = P .. 'portal:' .. op[2], string.format('%.0f', portal(op[2]).run)
      if call('HGET', about, 'crowded') ~= run then
        call('HSET', about, 'crowded', run)
        crowded[#crowded + 1] = op[2]
      end
    end
  end,
  e = function(worker, op)
    -- an article that was not queued, being of a day that nobody asked for yet, stays
    if op[6] == 0 or M.find(M.open('seen:' .. op[2], SEEN_MS), op[4], op[5]) then
      call('HDEL', P .. 'parked:' .. op[2], op[3])
    end
  end,
  -- something for the cache
  k = function(worker, op) call('SET', P .. 'cache:' .. op[2], op[3], 'PX', op[4]) end,
  -- a host that has become slow
  s = function(worker, op) slow_down(op[2], op[3]) end,
  -- one that fails, or asks to be left alone
  t = function(worker, op) fail_host(op[2], op[3], op[4], op[5], op[6] == 1) end,
  -- one that does not any more
  b = function(worker, op) host_is_back(op[2]) end,
  -- what its robots.txt says of the pause between two requests
  d = function(worker, op)
    local h = host(op[2])
    h.delay, h.dirty, h.judged = op[3], true, true
  end,
}

local function apply(worker, op)
  APPLY[op[1]](worker, op)
end
