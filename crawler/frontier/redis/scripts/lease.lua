-- Hands out what may be fetched now: for each of the worker's portals in turn, the best entry of the host
-- that waited longest, where the clocks of host and site and their concurrency allow. No more portals are looked
-- at than it takes, those first that have waited longest: what a call costs does not grow with the fleet.
local READ = 64 -- due slots read together
local LOOK = 8 -- of which so many are looked at: the best entries of those that waited longest
local MOST_ASIDES = 500 -- entries that one call sets aside
local LOOKS = 8 -- and where none of them has anything for now, so often the next ones

local function requeue_slot(list, item)
  local at = #list + 1
  while at > 1 and list[at - 1].class > item.class do
    at = at - 1
  end
  table.insert(list, at, item)
end

local function lease(a)
  local granted, more = {}, a.want + a.extra
  local own = P .. 'worker:' .. a.worker
  -- the same call again, because its reply was lost: the same leases, as far as they are still held
  local last = call('HMGET', own, 'call', 'granted')
  if last[1] == tostring(a.call) then
    for entry, token in string.gmatch(last[2] or '', '([^\n\t]+)\t(%d+)') do
      local record = call('HGET', P .. 'held', entry)
      if record and string.find(record, a.worker .. '\t' .. token .. '\t', 1, true) == 1 then
        granted[#granted + 1] = { entry = entry, token = token }
      end
    end
    more = 0
  end

  local serve = {}
  for _, name in ipairs(a.portals) do
    serve[name] = true
  end
  local all = call('ZRANGE', P .. 'portals', 0, -1, 'WITHSCORES')
  local due, mine, far, first = {}, {}, {}, nil
  for i = 1, #all, 2 do
    if serve[all[i]] then
      mine[#mine + 1] = all[i]
      if tonumber(all[i + 1]) <= now then
        due[#due + 1] = all[i]
      elseif tonumber(all[i + 1]) > now + HOUR then
        far[#far + 1] = all[i]
      elseif not first then
        first = tonumber(all[i + 1])
      end
    end
  end

  local lost, order = 0, 0
  local visited, slots, moved, looks = {}, {}, {}, {}

  -- until when a slot waits because its site does, or nil
  local function site_free_at(p, slot)
    if p.site_gap > 0 then
      local _, site_name = split(slot)
      local at = site_name and site(site_name).next
      if at and at > now then
        order = order + 0.001
        return at + order
      end
    end
    return nil
  end

  -- Slots of a portal that are due: those with the better head first, among equals who waited longest. Hosts of
  -- a site that is not free are put off unseen, which is most of them where a site has many.
  local function due_slots(name)
    local list, rest = {}, {}
    local p = portal(name)
    -- the one that was asked last stands half a ms behind the others: it has to be seen with them
    local ids = call('ZRANGEBYSCORE', P .. 'due:' .. name, '-inf', now + 1, 'LIMIT', 0, READ)
    for i, slot in ipairs(ids) do
      local at = site_free_at(p, slot)
      if at then
        moved[name][slot] = at
      elseif #list >= LOOK then
        rest[#rest + 1] = slot
      else
        local head = call('ZRANGE', P .. 'ready:' .. name .. ':' .. slot, 0, 0, 'WITHSCORES')
        if head[2] then
          list[#list + 1] = { slot = slot, class = math.floor(head[2] / CLASS), order = i }
        else
          call('ZREM', P .. 'due:' .. name, slot)
        end
      end
    end
    list.rest = rest
    list.more = #ids == READ or #rest > 0
    table.sort(list, function(x, y)
      if x.class ~= y.class then
        return x.class < y.class
      end
      return x.order < y.order
    end)
    return list
  end

  -- takes back and makes ready what is due of a portal, and finds its slots
  local function visit(name)
    visited[#visited + 1] = name
    lost = lost + Q.reclaim(name, a.poison)
    moved[name], slots[name], looks[name] = {}, { rest = {} }, 1
    if not portal(name).closed then
      Q.promote(name)
      G.serve(name)
      slots[name] = due_slots(name)
    end
  end

  -- writes down until when the slots that were looked at have to wait
  local function put_off(name)
    local args = {}
    for slot, score in pairs(moved[name]) do
      args[#args + 1] = score
      args[#args + 1] = slot
    end
    if #args > 0 then
      call('ZADD', P .. 'due:' .. name, 'XX', unpack(args))
    end
    moved[name] = {}
  end

  local new, holding_suspect, asides = {}, a.suspects > 0, 0
  -- the next entry of a portal, or nil
  local function pick(name)
    local list, p = slots[name], portal(name)
    while list[1] do
      local item = table.remove(list, 1)
      local host_name, site_name = split(item.slot)
      local waits = host_name and site_free_at(p, item.slot)
      if not host_name then
        call('ZREM', P .. 'due:' .. name, item.slot)
      elseif waits then
        moved[name][item.slot] = waits
      else
        local h, s = host(host_name), site(site_name)
        local at = free_at(p, h, s)
        order = order + 0.001
        if at > now then
          moved[name][item.slot] = at + order
        elseif (p.host_max > 0 and p.gap > 0 and h.busy >= p.host_max)
          or (p.site_max > 0 and p.site_gap > 0 and s.busy >= p.site_max) then
          moved[name][item.slot] = now + 250
        elseif h.alone and h.busy > 0 and now - math.max(h.alone.till, h.alone.asked) < 60000 then
          -- a host that fails is tried by one request at a time
          moved[name][item.slot] = now + 250
        elseif item.class >= SUSPECT and holding_suspect then
          moved[name][item.slot] = now + 100
        elseif #new >= a.want and (p.gap > 0 or p.site_gap > 0) then
          -- only what needs no turn is leased ahead: leases that wait in a worker become bursts
          at = nil
        else
          local popped = call('ZPOPMIN', P .. 'ready:' .. name .. ':' .. item.slot)
          local entry = popped[1]
          if entry and Q.portal_of(entry) == name and G.sets_aside(name, entry, popped[2]) then
            asides = asides + 1
            if asides < MOST_ASIDES then
              table.insert(list, 1, item)
            else
              moved[name][item.slot] = now + order -- the others are for the next call
            end
          elseif entry and Q.portal_of(entry) ~= name then
            table.insert(list, 1, item) -- not one of ours: it is gone, look again
          elseif entry then
            tick(p, h, s, now)
            busy(h, s, 1)
            if item.class >= SUSPECT then
              holding_suspect = true
            end
            local head = call('ZRANGE', P .. 'ready:' .. name .. ':' .. item.slot, 0, 0, 'WITHSCORES')
            if head[2] then
              local next = free_at(p, h, s)
              -- behind the hosts of its site, and the portals of its host, that wait for the same moment
              moved[name][item.slot] = next > now and next + 0.5 + order or now + order
              item.class = math.floor(head[2] / CLASS)
              requeue_slot(list, item)
            else
              moved[name][item.slot] = nil
              call('ZREM', P .. 'due:' .. name, item.slot)
            end
            return {
              entry = entry, slot = item.slot, portal = name, suspect = tonumber(popped[2]) >= SUSPECT * CLASS,
              fails = h.alone ~= nil,
            }
          else
            call('ZREM', P .. 'due:' .. name, item.slot)
          end
        end
      end
    end
    return nil
  end

  -- one of each portal, then one of each that had one, and so on
  local round, following = due, {}
  while #new < more and #round > 0 do
    for _, name in ipairs(round) do
      if #new >= more then
        if not slots[name] then
          first = now -- portals that were not looked at may have something at once
        end
        break
      end
      if not slots[name] then
        visit(name)
      end
      local got = pick(name)
      while not got and slots[name].more and looks[name] < LOOKS do
        put_off(name)
        looks[name] = looks[name] + 1
        slots[name] = due_slots(name)
        got = pick(name)
      end
      if got then
        new[#new + 1] = got
        following[#following + 1] = name
      end
    end
    round, following = following, {}
  end

  -- what is left over of a site from which something was taken
  for name, list in pairs(slots) do
    local p = portal(name)
    for _, item in ipairs(list) do
      moved[name][item.slot] = moved[name][item.slot] or site_free_at(p, item.slot)
    end
    for _, slot in ipairs(list.rest) do
      moved[name][slot] = site_free_at(p, slot)
    end
  end

  -- an entry without a request (somebody deleted it) is gone
  local values = {}
  if #new > 0 then
    local ids, kept = {}, {}
    for i, got in ipairs(new) do
      ids[i] = got.entry
    end
    for i, value in ipairs(call('HMGET', P .. 'requests', unpack(ids))) do
      if value then
        kept[#kept + 1] = new[i]
        values[new[i].entry] = value
      else
        local host_name, site_name = split(new[i].slot)
        busy(host(host_name), site(site_name), -1)
      end
    end
    new = kept
  end

  if #new > 0 then
    local token = call('INCRBY', P .. 'token', #new) - #new
    local held, record = {}, {}
    for i, got in ipairs(new) do
      got.token = string.format('%.0f', token + i)
      held[#held + 1] = got.entry
      held[#held + 1] = a.worker .. '\t' .. got.token .. '\t' .. got.slot
      record[i] = got.entry .. '\t' .. got.token
      call('ZADD', P .. 'leases:' .. got.portal, now + a.lease_ms, got.entry)
      granted[#granted + 1] = got
    end
    call('HSET', P .. 'held', unpack(held))
    call('HSET', own, 'call', a.call, 'granted', table.concat(record, '\n'))
    call('PEXPIRE', own, 3600000)
  end

  for _, name in ipairs(visited) do
    put_off(name)
    local at = Q.rescore(name)
    if at and (not first or at < first) then
      first = at
    end
  end

  for _, name in ipairs(#granted == 0 and far or {}) do
    local at = Q.believe(name, a.lease_ms)
    if at and (not first or at < first) then
      first = at
    end
  end

  local drained = #granted == 0
  if drained then
    for _, name in ipairs(mine) do
      if Q.drained(name, a.horizon) then
        Q.believe(name, a.lease_ms)
      end
      if not Q.drained(name, a.horizon) then
        drained = false
        break
      end
    end
  end

  local leases = {}
  if #granted > 0 then
    local ids = {}
    for i, got in ipairs(granted) do
      ids[i] = got.entry
    end
    local tries = call('HMGET', P .. 'tries', unpack(ids))
    for i, got in ipairs(granted) do
      local value = values[got.entry] or call('HGET', P .. 'requests', got.entry) or ''
      leases[i] = { got.entry, got.token, tries[i] or '', got.suspect and 1 or 0, value, got.fails and 1 or 0 }
    end
  end
  return { leases, first and string.format('%.0f', math.max(0, math.ceil(first - now))) or '', drained and 1 or 0, lost }
end
