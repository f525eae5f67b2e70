// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql::sandbox {

/// Every packet that comes for this socket is dropped before TCP sees it, so nothing is acknowledged: by
/// a classic BPF filter, which needs no rights. False where the system has none (it is Linux's).
bool dropIncoming(int descriptor);

/// Closes a TCP socket without a word to the other end, which must be a socket of this process: as when
/// a host has vanished. The next packet that the other end sends draws a RST. False, and the socket is
/// closed all the same: it could not be done.
bool closeUnnoticed(int descriptor);

} // namespace qproxysql::sandbox
