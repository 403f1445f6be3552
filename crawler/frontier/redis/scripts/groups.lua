-- Links of one shape on one page, a group: where the last DEAD_ROW of them that were tried were dead, the rest waits
-- aside, behind everything else, and TRIALS a run of a portal are tried, in no order. The first that is alive brings
-- back all of its group.
--
-- rows:<portal> HASH group -> how many in a row were dead, in this run
-- doubted:<portal> HASH group -> "dead", or "alive" while what waits is brought back
-- doubtful:<portal>:<group> ZSET entry -> its place in no order
local DEAD_ROW, TRIALS, AT_A_TIME, MOST_GROUPS = 50, 200, 8, 10000
local MOST_DOUBTFUL = 100000 -- of a group
local TRIAL = 3999 -- the rank of a trial: the last of all that is not suspected of killing its worker

local doubted = {}
local function doubted_of(name)
  local groups = doubted[name]
  if not groups then
    groups = { any = false, state = {} }
    local found = call('HGETALL', P .. 'doubted:' .. name)
    for i = 1, #found, 2 do
      groups.state[found[i]], groups.any = found[i + 1], true
    end
    doubted[name] = groups
  end
  return groups
end

local function set_state(name, group, state)
  local groups = doubted_of(name)
  groups.state[group] = state
  if state then
    groups.any = true
    call('HSET', P .. 'doubted:' .. name, group, state)
  else
    call('HDEL', P .. 'doubted:' .. name, group)
  end
end

function G.of(payload)
  return string.match(payload or '', '"group":"(%x+)"')
end

-- One of a group was read, or (`url`) was dead.
function G.note(name, group, url)
  local rows, state = P .. 'rows:' .. name, doubted_of(name).state[group]
  if not url then
    call('HDEL', rows, group)
    if state == 'dead' then
      set_state(name, group, 'alive')
      due_from(name, now)
    end
  elseif call('HEXISTS', rows, group) == 1 or call('HLEN', rows) < MOST_GROUPS then
    local count = call('HINCRBY', rows, group, 1)
    if count >= DEAD_ROW and state ~= 'dead' then
      set_state(name, group, 'dead')
      tell_of(name, 'doubt', now, url, count, now)
    end
  end
end

-- Whether an entry that was about to be handed out waits aside instead.
function G.sets_aside(name, entry, score)
  local groups = doubted_of(name)
  if not groups.any or tonumber(score) >= TRIAL * 1e12 then
    return false
  end
  local _, _, payload = Q.load(entry)
  local group = G.of(payload)
  if not group or groups.state[group] ~= 'dead' then
    return false
  end
  local key = P .. 'doubtful:' .. name .. ':' .. group
  if call('ZCARD', key) < MOST_DOUBTFUL then
    call('ZADD', key, tonumber(string.sub(string.match(entry, ':(%x+)') or '0', 1, 10), 16) or 0, entry)
  else
    call('HDEL', P .. 'requests', entry)
    call('HINCRBY', P .. 'counters', 'doubtful_full:' .. name, 1)
  end
  return true
end

-- Whether something that waits aside may be asked for in this run.
function G.wants(name)
  for group, state in pairs(doubted_of(name).state) do
    if (state == 'alive' or num(call('HGET', P .. 'portal:' .. name, 'trials')) < TRIALS)
      and call('EXISTS', P .. 'doubtful:' .. name .. ':' .. group) == 1 then
      return true
    end
  end
  return false
end

local function take(name, group, count, rank)
  local popped = call('ZPOPMIN', P .. 'doubtful:' .. name .. ':' .. group, count)
  for i = 1, #popped, 2 do
    local slot, score = Q.load(popped[i])
    if score then
      Q.add(name, slot, popped[i], rank and rank * 1e12 + tonumber(popped[i + 1]) % 1e12 or score)
    end
  end
  return #popped / 2
end

-- Brings back what is alive, and makes a few trials where a portal has nothing else that is ready.
function G.serve(name)
  for group, state in pairs(doubted_of(name).state) do
    if state == 'alive' then
      if take(name, group, 500) < 500 then
        set_state(name, group, nil)
      end
    elseif call('ZCARD', P .. 'due:' .. name) == 0 then
      local left = TRIALS - num(call('HGET', P .. 'portal:' .. name, 'trials'))
      if left > 0 then
        local count = take(name, group, math.min(AT_A_TIME, left), TRIAL)
        call('HINCRBY', P .. 'portal:' .. name, 'trials', count)
      end
    end
  end
end

-- How many wait aside.
function G.count(name)
  local count = 0
  for group in pairs(doubted_of(name).state) do
    count = count + call('ZCARD', P .. 'doubtful:' .. name .. ':' .. group)
  end
  return count
end

-- A new run counts anew, and has trials of its own.
function G.begin(name)
  call('DEL', P .. 'rows:' .. name)
  call('HSET', P .. 'portal:' .. name, 'trials', 0)
end
