// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Why a drain request was not written. Nothing was changed.
struct DrainRefusal
{
    enum Kind {
        BadRequest,       ///< the request is invalid, e.g. it names no peer
        LastHealthyPeer,  ///< no healthy peer would be left in a pool
        NoRights,         ///< this user may not write there
        ReadOnly,         ///< the file system is read-only
        RollingRestart,   ///< one is unfinished, and it is not at this peer
        ChangedMeanwhile, ///< there is a newer request of somebody else
        Damaged,          ///< the content is no drain directory; it is not overwritten
        Unreachable,      ///< fleet only: no server accepts it, e.g. without a quorum or an answer
        NewerFormat,      ///< written by a later version; it is obeyed, but not rewritten
        IoError           ///< the disk is full, ...
    };
    Kind kind = IoError;
    QString text; ///< what is wrong with what, and what is allowed; one or two sentences
};

} // namespace qproxysql
