// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QFileDialog>

#include <functional>

namespace qproxysql {

/// A file dialog that blocks nothing.
struct FileChoice
{
    QString title;
    QStringList filters; ///< the first one's suffix is the default one of a file to be written
    QFileDialog::AcceptMode mode = QFileDialog::AcceptOpen;
    bool isAppended = false; ///< a file that exists is not overwritten, and nobody is asked

    void open(QWidget *window, std::function<void(const QString &)> chosen) const;
};

} // namespace qproxysql
