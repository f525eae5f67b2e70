// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QFileDialog>

#include <functional>

namespace qproxysql {

/// An asynchronous file dialog.
struct FileChoice
{
    QString title;
    QStringList filters; ///< the first one's suffix is the default for saving
    QFileDialog::AcceptMode mode = QFileDialog::AcceptOpen;
    bool isAppended = false; ///< an existing file is appended to, without a question

    void open(QWidget *window, std::function<void(const QString &)> chosen) const;
};

} // namespace qproxysql
